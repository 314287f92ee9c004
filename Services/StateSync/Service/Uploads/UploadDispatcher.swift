import FleetCore
import Logging
import ProtoJSON
import RPCCore
import RuntimeTelemetry
import ServiceRuntime
import TwinProto

/// What uploads need.
struct UploadResources: Sendable {
  var store: any UploadStore
  var folder: SpoolFolder
  var limits = UploadLimits()
  var metrics: UploadMetrics
  /// Tells what samples look like in JSON.
  var schema: ProtoJSONSchema

  init(
    store: any UploadStore, folder: SpoolFolder, limits: UploadLimits = UploadLimits(),
    metrics: UploadMetrics = UploadMetrics()
  ) throws {
    (self.store, self.folder, self.limits, self.metrics) = (store, folder, limits, metrics)
    schema = try ProtoJSONSchema(fileDescriptorSet: TwinDescriptors.fileDescriptorSet)
  }
}

/// Works uploads off, those of an earlier process too, some at a time.
struct UploadDispatcher: Sendable {
  /// Between two looks for work that nobody told of.
  static let lookInterval = Duration.seconds(2)
  /// Between two looks at what is too old.
  static let dropInterval = Duration.seconds(600)
  /// Uploads that are forgotten with one statement.
  static let dropBatch = 10
  /// How long an upload waits that can't go on.
  static let retry = RetrySchedule(first: .milliseconds(500), longest: .seconds(60))

  let uploads: Uploads
  let worker: UploadWorker
  private let clock: any Clock<Duration>
  private let logger: Logger
  private let wakes: Wakes

  init(
    _ resources: UploadResources, ingest: Ingest, tail: LogTail, pace: any Clock<Duration>, drain: DrainSignal,
    logger: Logger
  ) {
    let wakes = Wakes()
    let intake = UploadIntake(
      folder: resources.folder, limits: resources.limits, store: resources.store, clock: ingest.clock, pace: pace,
      drain: drain, logger: logger, wake: wakes.wake)
    uploads = Uploads(intake: intake, store: resources.store)
    worker = UploadWorker(
      intake: intake, store: resources.store, ingest: ingest,
      writer: UploadLogWriter(log: ingest.log, tail: tail, pace: pace),
      schema: resources.schema, metrics: resources.metrics,
      logger: logger)
    (clock, self.logger, self.wakes) = (pace, logger, wakes)
  }

  /// Tells that there may be something to do: an upload came or went.
  private struct Wakes: Sendable {
    let channel = BoundedChannel<Void>(capacity: 1)

    func wake() { if channel.weight == 0 { channel.push(()) } }
  }

  /// Works until the service stops.
  func run() async throws {
    try await untilStopped {
      try await withThrowingTaskGroup(of: Void.self) { group in
        defer { group.cancelAll() }
        group.addTask {
          while true {
            wakes.wake()
            try await clock.sleep(for: Self.lookInterval)
          }
        }
        group.addTask { try await dropOld() }
        group.addTask { try await dispatch() }
        try await group.next()
      }
    }
  }

  private enum Event: Sendable {
    case woken
    case done(Int64, isOver: Bool)
    /// An upload that couldn't go on may be tried again.
    case rested(Int64)
  }

  private func dispatch() async throws {
    var complaint = Complaint(logger, "uploads can't be worked off now; they wait")
    var atWork: Set<Int64> = []
    // Those that couldn't go on, and rest for a while.
    var resting: Set<Int64> = []
    var failures: [Int64: Int] = [:]
    var random = SystemRandomNumberGenerator()
    try await withThrowingTaskGroup(of: Event.self) { group in
      defer { group.cancelAll() }
      group.addTask { try await nextWake() }
      while let event = try await group.next() {
        switch event {
        case .woken: group.addTask { try await nextWake() }
        case .done(let key, let isOver):
          atWork.remove(key)
          failures[key] = isOver ? nil : (failures[key] ?? 0) + 1
          if let count = failures[key] {
            resting.insert(key)
            let wait = Self.retry.wait(after: count, using: &random)
            group.addTask {
              try await clock.sleep(for: wait)
              return .rested(key)
            }
          }
        case .rested(let key): resting.remove(key)
        }
        guard atWork.count < UploadLimits.atWork, worker.writer.isReady else { continue }
        do {
          let open = try await worker.store.open(
            inFolder: try await worker.intake.openFolder(), limit: UploadLimits.waiting)
          let due = open.filter { !atWork.contains($0.key) && !resting.contains($0.key) }
          for upload in due.prefix(UploadLimits.atWork - atWork.count) {
            atWork.insert(upload.key)
            group.addTask { try await work(on: upload) }
          }
          complaint.isOver()
        } catch let error as CancellationError {
          throw error
        } catch {
          complaint.make(error)
        }
      }
    }
  }

  private func nextWake() async throws -> Event {
    guard try await wakes.channel.next() != nil else { throw CancellationError() }
    return .woken
  }

  private func work(on upload: UploadRecord) async throws -> Event {
    do {
      return .done(upload.key, isOver: try await worker.work(on: upload))
    } catch let error as CancellationError {
      throw error
    } catch {
      logger.warning(
        "an upload can't go on now; it will from where it is",
        metadata: .of([.upload: "\(upload.id)", .error: "\(error)"]))
      return .done(upload.key, isOver: false)
    }
  }

  // MARK: Retention

  private func dropOld() async throws {
    var complaint = Complaint(logger, "old uploads can't be dropped now")
    while true {
      do {
        try await worker.intake.sweep()
        let (clock, limits) = (worker.ingest.clock, worker.intake.limits)
        let horizon = clock.now().adding(seconds: -(limits.retention / .seconds(1)))
        while try await worker.store.drop(endedBefore: horizon, limit: Self.dropBatch) == Self.dropBatch {}
        try await worker.store.fail(
          untouchedSince: clock.now().adding(seconds: -(UploadLimits.abandonedAfter / .seconds(1))),
          error: "the replica that has the file doesn't work on it any more", at: clock.now(),
          except: try await worker.intake.openFolder())
        complaint.isOver()
      } catch let error as CancellationError {
        throw error
      } catch {
        complaint.make(error)
      }
      try await clock.sleep(for: Self.dropInterval)
    }
  }
}
