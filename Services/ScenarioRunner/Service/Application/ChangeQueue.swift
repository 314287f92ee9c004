import FleetCore
import RPCCore
import RPCErrors
import Synchronization
import TwinProto

/// The bounds of simulating changes.
struct ChangeLimits: Sendable {
  /// The longest computing time that anyone may ask for, s.
  static let longestTimeLimit = 600.0

  /// Simulations that compute at once.
  var parallel = 10
  /// Simulations that may wait for a place.
  var maxWaiting = 100
  /// Computing time of a simulation when nobody says otherwise, s.
  var timeLimit = 20.0
  /// What the state of the simulated hours may take in memory, B; over it the simulation fails.
  var memoryBytes = 64 << 20
  /// After its time is up, a simulation may take this long to notice. Then its caller is answered without it.
  var grace = Duration.milliseconds(500)
  /// The answer leaves this long before its call's deadline.
  var answerMargin = 0.25
  /// The longest that a simulation may wait for a place, s.
  var longestWait = 600.0
  /// How often it is looked whether a simulation was deleted at another replica.
  var deletionLook = Duration.seconds(1)
  /// How often a watch looks at the store, for runs of other processes.
  var watchInterval = Duration.milliseconds(250)
  /// How long a watch waits after the end for the assessment.
  var assessmentWait = Duration.seconds(2)
}

/// The places of simulations that compute, and the bounded number of those that wait for one.
final class ChangeQueue: Sendable {
  /// A place that is given back when nobody holds it any more: not before the thread is done, even if its caller is.
  final class Place: Sendable {
    private let slots: Slots

    fileprivate init(_ slots: Slots) { self.slots = slots }

    deinit { slots.release() }
  }

  private let slots: Slots
  private let maximum: Int
  private let maxWaiting: Int
  /// Those that compute and those that wait.
  private let admitted = Mutex(0)

  init(parallel: Int, maxWaiting: Int) {
    slots = Slots(parallel)
    maximum = parallel + maxWaiting
    self.maxWaiting = maxWaiting
  }

  /// Joins the queue.
  ///
  /// - Throws: `ServiceFault` (`QUEUE_FULL`).
  func enter() throws -> Ticket {
    let isAdmitted = admitted.withLock { admitted in
      guard admitted < maximum else { return false }
      admitted += 1
      return true
    }
    guard isAdmitted else {
      throw ServiceFault(
        .resourceExhausted, .queueFull, "\(maxWaiting) simulations of changes wait already", retryAfter: .seconds(2))
    }
    return Ticket(queue: self)
  }

  /// The right to wait for a place, and to hold it. It ends when nobody holds it any more.
  final class Ticket: Sendable {
    private let queue: ChangeQueue

    fileprivate init(queue: ChangeQueue) { self.queue = queue }

    deinit { queue.admitted.withLock { $0 -= 1 } }

    /// Waits in the order of arrival.
    ///
    /// - Throws: `CancellationError`.
    func place() async throws -> Place {
      try await queue.slots.acquire()
      return Place(queue.slots)
    }
  }
}
