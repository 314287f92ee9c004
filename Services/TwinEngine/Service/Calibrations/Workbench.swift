import FleetCore
import Foundation
import RPCCore
import RPCErrors
import Synchronization
import TwinProto

#if canImport(Glibc)
  import Glibc
#endif

/// Computes what takes long (fits, validations) on threads of their own, so many at a time, so that no call and no sample
/// waits for it.
final class Workbench: Sendable {
  /// When a caller who found no place may come back.
  static let retryAfter = Duration.seconds(2)
  /// The stack of a thread in bytes: fits recurse little, but debug builds have large frames.
  private static let stackSize = 8 << 20
  /// Added to the threads' nice value: samples go first when the processors are busy.
  private static let niceness: Int32 = 10

  /// Whether work should end early.
  final class Stop: Sendable {
    private let flag = Atomic(false)
    private let end: ContinuousClock.Instant

    fileprivate init(after time: Duration) { end = .now + time }

    fileprivate func request() { flag.store(true, ordering: .relaxed) }

    /// The caller has gone, or the time is up.
    var isRequested: Bool { flag.load(ordering: .relaxed) || isOverdue }

    fileprivate var isOverdue: Bool { ContinuousClock.now >= end }
  }

  private let places: Int
  private let timeLimit: Duration
  private let taken = Mutex(0)

  /// - Parameters:
  ///   - places: things computed at a time.
  ///   - timeLimit: for each of them.
  init(places: Int, timeLimit: Duration) {
    precondition(places > 0, "something may be computed")
    self.places = places
    self.timeLimit = timeLimit
  }

  /// A right to compute, held from before the data is read until the work is done.
  final class Place: Sendable {
    private let bench: Workbench
    private let isHeld = Atomic(true)

    fileprivate init(_ bench: Workbench) { self.bench = bench }

    /// Frees the place; again does nothing.
    fileprivate func giveBack() {
      if isHeld.exchange(false, ordering: .relaxed) { bench.taken.withLock { $0 -= 1 } }
    }

    deinit { giveBack() }
  }

  /// Takes a place; nobody waits for one.
  ///
  /// - Parameter what: what is to be computed, in the plural, for the error.
  /// - Throws: `OVERLOADED` with the time after which to come back.
  func place(for what: String) throws -> Place {
    let isFree = taken.withLock { taken in
      guard taken < places else { return false }
      taken += 1
      return true
    }
    guard isFree else {
      throw ServiceFault(
        .resourceExhausted, .overloaded, "\(places) \(what) are being computed, which is the bound",
        facts: ["bound": "\(places)"], retryAfter: Self.retryAfter)
    }
    return Place(self)
  }

  /// Computes something. The caller's cancellation ends the wait at once, and the work as soon as it looks.
  ///
  /// - Throws: what `work` throws, `DEADLINE_EXCEEDED` when the time is up, `CancellationError`.
  func compute<Result: Sendable>(
    holding place: Place, _ work: @escaping @Sendable (Stop) throws -> Result
  ) async throws -> Result {
    try Task.checkCancellation()
    let stop = Stop(after: timeLimit)
    let answer = FirstAnswer<Swift.Result<Result, any Error>>()
    let thread = Thread { [timeLimit] in
      #if canImport(Glibc)
        // Of this thread only: that is what Linux makes of "this process".
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
      #endif
      let result = Swift.Result { try work(stop) }
      // Before the answer: who gets it may ask for the place at once.
      place.giveBack()
      if case .failure = result, stop.isOverdue {
        answer.give(.failure(Self.overdue(timeLimit)))
      } else {
        answer.give(result)
      }
    }
    thread.stackSize = Self.stackSize
    thread.start()
    let watchdog = Task { [timeLimit] in
      try await Task.sleep(for: timeLimit)
      answer.give(.failure(Self.overdue(timeLimit)))
    }
    defer { watchdog.cancel() }
    return try await withTaskCancellationHandler {
      try await answer.get().get()
    } onCancel: {
      stop.request()
      answer.give(.failure(CancellationError()))
    }
  }

  private static func overdue(_ limit: Duration) -> ServiceFault {
    ServiceFault(
      .deadlineExceeded, .overloaded, "the computation took longer than its bound of \(limit)",
      facts: ["bound": "\(limit)"])
  }

  /// Things being computed, whether or not somebody still waits for them.
  var count: Int { taken.withLock(\.self) }
}
