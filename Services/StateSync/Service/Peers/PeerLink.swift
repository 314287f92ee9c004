import FleetCore
import RPCCore
import RPCErrors
import Synchronization
import TwinProto

/// Passes batches on to another replica of state-sync, which is the home of their vehicles, and its acknowledgements back.
///
/// One stream carries the batches of all senders. When it breaks, what isn't acknowledged is sent again on the next one;
/// a replica that can't be reached for longer than `patience` fails what waits for it, so that the senders' streams end
/// and they send again, to wherever the vehicles belong then. One that says that it isn't the home of a vehicle fails
/// that vehicle's batches only.
final class PeerLink: Sendable {
  /// Batches on their way to one replica; further senders wait, and with them, by flow control, their vehicles.
  static let maximumInFlight = 256
  /// How long batches wait for a replica that can't be reached.
  static let patience = Duration.seconds(3)
  /// Between attempts to reach it.
  static let retryInterval = Duration.milliseconds(100)

  typealias Completion = @Sendable (Result<TelemetryAck, any Error>) -> Void

  private struct Pending: Sendable {
    var request: StreamTelemetryRequest
    /// The sender's number of the batch.
    var batchID: UInt64
    var complete: Completion
  }

  private struct State {
    var pending: [UInt64: Pending] = [:]
    var nextID: UInt64 = 0
    /// Since when nothing gets through; nil while it does.
    var lostSince: ContinuousClock.Instant? = .now
    /// Why it can't be reached.
    var trouble = "no connection was made yet"
    var isClosed = false
    /// Numbers of batches that the open stream hasn't been given yet.
    var unsent: [UInt64] = []
    var writer: CheckedContinuation<Void, Never>?
  }

  let address: String
  private let client: TelemetryServiceClient
  private let inFlight = Slots(maximumInFlight)
  private let state = Mutex(State())

  init(address: String, channel: any RPCChannel) {
    self.address = address
    client = TelemetryServiceClient(channel)
  }

  /// Takes a batch; waits while too many are on their way. `complete` is called once, unless this throws.
  ///
  /// - Parameter request: an echo in it names a batch by the number that this returned for it.
  /// - Returns: the number that the replica knows the batch by.
  /// - Throws: `ServiceFault` with UNAVAILABLE when the replica can't be reached; `CancellationError`.
  @discardableResult
  func send(_ request: StreamTelemetryRequest, _ complete: @escaping Completion) async throws -> UInt64 {
    try await inFlight.acquire()
    let (number, fault, writer) = state.withLock {
      state -> (UInt64, ServiceFault?, CheckedContinuation<Void, Never>?) in
      if let fault = unreachable(state) { return (0, fault, nil) }
      state.nextID += 1
      var own = request
      own.batchID = state.nextID
      // Virtual telemetry comes by the feed.
      own.wantVirtualTelemetry = false
      state.pending[own.batchID] = Pending(request: own, batchID: request.batchID, complete: complete)
      state.unsent.append(own.batchID)
      return (own.batchID, nil, state.writer.take())
    }
    writer?.resume()
    if let fault {
      inFlight.release()
      throw fault
    }
    return number
  }

  private func unreachable(_ state: State) -> ServiceFault? {
    if state.isClosed { return fault("isn't a replica any more") }
    guard let since = state.lostSince, ContinuousClock.now - since > Self.patience else { return nil }
    return fault("can't be reached: \(state.trouble)")
  }

  private func fault(_ reason: String) -> ServiceFault {
    ServiceFault(
      .unavailable, .upstreamUnavailable, "state-sync at \(address), the vehicle's home, \(reason); send again",
      facts: ["home": address], retryAfter: StoreUnavailable.retryAfter)
  }

  // MARK: Passing on

  /// Passes batches on until cancelled.
  func run() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [self] in
        while !Task.isCancelled {
          do {
            try await stream()
            lost("it ended the stream")
          } catch {
            lost("\(error)")
          }
          try? await Task.sleep(for: Self.retryInterval)
        }
      }
      // Beside it, since connecting may take longer than anybody waits.
      group.addTask { [self] in
        while !Task.isCancelled {
          try? await Task.sleep(for: Self.retryInterval)
          giveUpIfLate()
        }
      }
    }
    close()
  }

  private func stream() async throws {
    try await client.streamTelemetry(options: PassedOn.options()) { [self] requests, responses in
      // Everything without an acknowledgement goes again, in the order in which it came.
      state.withLock { state in
        state.unsent = state.pending.keys.sorted()
        // With something to send only an acknowledgement shows that it can be reached for that, too.
        if state.unsent.isEmpty { state.lostSince = nil }
      }
      try await withThrowingTaskGroup(of: Bool.self) { group in
        defer { group.cancelAll() }
        group.addTask { [self] in
          do {
            while true {
              for request in try await nextUnsent() { try await requests.write(request) }
            }
          } catch is RPCError {
            // The call has ended. The responses tell why, after acknowledgements that wait to be read.
            return false
          }
        }
        group.addTask { [self] in
          for try await response in responses {
            switch response.content {
            case .ack(let ack): didReceive(ack)
            case .refused(let refused): didReceive(refused)
            case .virtualTelemetry, nil: break
            }
          }
          return true
        }
        while try await group.next() == false {}
      }
    }
  }

  private func nextUnsent() async throws -> [StreamTelemetryRequest] {
    while true {
      try Task.checkCancellation()
      let requests = state.withLock { state in
        defer { state.unsent = [] }
        return state.unsent.compactMap { state.pending[$0]?.request }
      }
      if !requests.isEmpty { return requests }
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          let waits = state.withLock { state in
            guard state.unsent.isEmpty, !Task.isCancelled else { return false }
            state.writer = continuation
            return true
          }
          if !waits { continuation.resume() }
        }
      } onCancel: {
        state.withLock { $0.writer.take() }?.resume()
      }
    }
  }

  private func didReceive(_ ack: TelemetryAck) {
    guard let done = answered(ack.batchID) else { return }
    var ack = ack
    ack.batchID = done.batchID
    done.complete(.success(ack))
  }

  private func didReceive(_ refused: RefusedBatch) {
    guard let done = answered(refused.batchID) else { return }
    done.complete(.failure(VehicleHomes.notHome(done.request.vehicleID, refused.home, of: address)))
  }

  private func answered(_ number: UInt64) -> Pending? {
    let done = state.withLock { state in
      // Whoever answers can be reached.
      state.lostSince = nil
      return state.pending.removeValue(forKey: number)
    }
    if done != nil { inFlight.release() }
    return done
  }

  // MARK: Losing it

  private func lost(_ reason: String) {
    state.withLock { state in
      state.lostSince = state.lostSince ?? .now
      state.trouble = reason
    }
  }

  private func giveUpIfLate() {
    let (failed, fault) = state.withLock { state -> ([Pending], ServiceFault?) in
      guard let fault = unreachable(state) else { return ([], nil) }
      defer { state.pending = [:] }
      state.unsent = []
      return (Array(state.pending.values), fault)
    }
    fail(failed, fault)
  }

  private func close() {
    let failed = state.withLock { state -> [Pending] in
      state.isClosed = true
      defer { state.pending = [:] }
      state.unsent = []
      return Array(state.pending.values)
    }
    fail(failed, fault("isn't a replica any more"))
  }

  private func fail(_ failed: [Pending], _ fault: ServiceFault?) {
    guard let fault else { return }
    for pending in failed {
      inFlight.release()
      pending.complete(.failure(fault))
    }
  }
}
