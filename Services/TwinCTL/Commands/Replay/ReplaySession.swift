import Foundation
import RPCCore
import RPCTransport
import SimulationRecordings
import TwinProto

/// Sends a plan's samples at their times over a stream that is made again whenever it is lost.
struct ReplaySession: Sendable {
  /// How often a connection is looked after.
  static let watchInterval = Duration.milliseconds(250)
  /// A service that leaves samples under way for so long without a word is connected to anew.
  static let longestSilence = Duration.seconds(20)
  /// How long the virtual states of the last samples may take after all are acknowledged.
  static let longestDrain = Duration.seconds(5)

  var plan: ReplayPlan
  var firstSequences: [UInt64]
  var ledger: ReplayLedger
  var service: TelemetryServiceClient
  var patience: Patience

  /// - Returns: why the replay ended early; nil when it didn't.
  func run() async -> String? {
    await withTaskGroup(of: Optional<String>.self) { group in
      group.addTask {
        await measure()
        return nil
      }
      let failure = await connectUntilDone()
      group.cancelAll()
      return failure
    }
  }

  /// Takes every sample from the plan when it is due. What can't be taken in waits, so that none is left out.
  private func measure() async {
    let start = ContinuousClock.now
    let clock = ReplayClock(
      now: Int64((Date().timeIntervalSince1970 * 1e6).rounded()), duration: plan.duration, speedUp: plan.speedUp)
    let room = await ledger.roomSignal
    var roomRaised = room.raised.makeAsyncIterator()
    for item in plan {
      guard (try? await Task.sleep(until: start + .seconds(item.due), clock: .continuous)) != nil else { return }
      let sample = ResendBuffer.Sample(
        vehicle: item.vehicle,
        message: TelemetrySample(
          item.values, sequence: firstSequences[item.vehicle] - 1 + item.sequence,
          time: clock.time(due: item.due, speedUp: plan.speedUp)))
      while !(await ledger.offer(sample)) {
        guard await roomRaised.next() != nil else { return }
      }
    }
    await ledger.close()
  }

  private func connectUntilDone() async -> String? {
    var attempts = 0
    var lastSuccess = ContinuousClock.now
    while true {
      let before = await ledger.counts.acknowledged
      var problem: String?
      do {
        try await connect()
      } catch {
        problem = Self.text(error)
        if !Self.isWorthAnotherTry(error) { return problem }
      }
      let isDone = await ledger.isDone
      await ledger.disconnected()
      if isDone { return nil }
      if await ledger.counts.acknowledged > before {
        attempts = 0
        lastSuccess = .now
      }
      guard ContinuousClock.now - lastSuccess < patience.limit else {
        return "nothing was acknowledged for \(patience.limit): \(problem ?? "the service ended the stream")"
      }
      let delay = patience.backoff.delay(attempt: attempts, random: .random(in: -1...1))
      guard (try? await Task.sleep(for: delay)) != nil else { return "it was stopped" }
      attempts += 1
    }
  }

  /// One stream from its beginning until everything is settled; throws when it is lost before.
  private func connect() async throws {
    await ledger.markProgress(at: .now)
    try await service.streamTelemetry { requests, responses in
      let work = await ledger.connected()
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await send(requests, work) }
        group.addTask {
          for try await response in responses {
            try await ledger.received(response, at: .now)
            if await ledger.isSettled { requests.finish() }
          }
        }
        group.addTask { try await watch(requests) }
        // The sender never ends by itself, so the first to end is the service or the watch.
        try await group.next()
        group.cancelAll()
      }
    }
  }

  private func send(_ requests: ClientRequests<StreamTelemetryRequest>, _ work: Signal) async throws {
    for await _ in work.raised {
      while let request = await ledger.nextRequest(at: .now) { try await requests.write(request) }
    }
    try Task.checkCancellation()
  }

  /// Ends a stream on which nothing more will come.
  private func watch(_ requests: ClientRequests<StreamTelemetryRequest>) async throws {
    var doneSince: ContinuousClock.Instant?
    var hasFinished = false
    while true {
      try await Task.sleep(for: Self.watchInterval)
      let silence = await ledger.silence(at: .now)
      if silence > Self.longestSilence {
        throw RPCError(.unavailable, "the service acknowledged nothing for \(silence)")
      }
      guard await ledger.isDone else { continue }
      let since = doneSince ?? .now
      doneSince = since
      let waited = ContinuousClock.now - since
      let isSettled = await ledger.isSettled
      if !hasFinished, isSettled || waited > Self.longestDrain {
        requests.finish()
        hasFinished = true
      }
      if waited > Self.longestDrain + Self.watchInterval { return }
    }
  }

  private static func isWorthAnotherTry(_ error: any Error) -> Bool {
    if error is ReplayLedger.VehicleNotKnownYet { return true }
    // The twin was there at the start: what the service can't find now, it may find later.
    if let error = error as? RPCError { return error.code == .notFound || Patience.isTransient(error) }
    return false
  }

  private static func text(_ error: any Error) -> String {
    if let error = error as? ReplayLedger.VehicleNotKnownYet {
      return "state-sync doesn't know the vehicle: \(error.vehicle)"
    }
    return ProblemText.lines(error).joined(separator: "; ")
  }
}
