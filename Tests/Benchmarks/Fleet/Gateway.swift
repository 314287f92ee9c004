import FleetCore
import RPCCore
import Synchronization
import TwinProto

/// A gateway: one stream of telemetry for many vehicles. It sends what they measure, hears acknowledgements and virtual
/// telemetry, connects again when it loses the stream, and then sends again what wasn't acknowledged.
final class Gateway: Sendable {
  /// Between two samples of a vehicle: 10 Hz.
  static let period: Int64 = 100_000_000
  static let source = "gateway"
  /// Samples in one request.
  static let maximumSamples = 500
  /// Between attempts to connect.
  static let retryAfter = Duration.milliseconds(20)
  /// How long the acknowledgements of the last samples may take.
  static let longestDrain = Duration.seconds(60)
  /// How long the virtual states of the last samples may take then; a sample that the filter takes for an outlier
  /// shows only with the next one.
  static let longestView: Int64 = 1_000_000_000

  /// The run was broken off.
  struct Overrun: Error, CustomStringConvertible {
    var description: String
  }

  let state: Mutex<GatewayState>
  private let service: TelemetryServiceClient
  /// It collects so long what its vehicles measure.
  private let collecting: Duration
  /// More samples without an acknowledgement than this break the run off.
  private let maximumBacklog: Int

  init(_ state: GatewayState, service: TelemetryServiceClient, collecting: Duration, maximumBacklog: Int) {
    self.state = Mutex(state)
    self.service = service
    self.collecting = collecting
    self.maximumBacklog = maximumBacklog
  }

  static func now() -> Int64 { WallClock.system.now().nanoseconds }

  /// Measures and sends until `end`, then waits until everything is acknowledged and visible.
  func run(until end: Int64) async throws {
    let deadline = end + Int64(Self.longestDrain / .nanoseconds(1))
    var isResending = false
    while true {
      do {
        try await connect(until: end, deadline, isResending)
        return
      } catch let error as RPCError where error.code != .notFound && error.code != .invalidArgument {
        guard Self.now() < deadline else { throw error }
      }
      state.withLock { $0.disconnected() }
      isResending = true
      try await Task.sleep(for: Self.retryAfter)
    }
  }

  private func connect(until end: Int64, _ deadline: Int64, _ isResending: Bool) async throws {
    try await service.streamTelemetry { [self] requests, responses in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        defer { group.cancelAll() }
        group.addTask {
          for try await response in responses { self.hear(response) }
          // A stream that ends well before it is finished is a service that stops.
          return false
        }
        group.addTask {
          try await self.send(requests, until: end, deadline, isResending)
          return true
        }
        guard try await group.next() == true else { throw RPCError(.unavailable, "the service ended the stream") }
        requests.finish()
      }
    }
  }

  private func hear(_ response: StreamTelemetryResponse) {
    let now = Self.now()
    switch response.content {
    case .ack(let ack): state.withLock { $0.hear(ack, at: now) }
    case .virtualTelemetry(let telemetry):
      if let virtual = telemetry.state { state.withLock { $0.hear(virtual, at: now) } }
    case .refused, nil: break
    }
  }

  private func send(
    _ requests: ClientRequests<StreamTelemetryRequest>, until end: Int64, _ deadline: Int64, _ isResending: Bool
  ) async throws {
    var next = ContinuousClock.now
    var isGrouping = isResending
    var settled = Int64.max
    while true {
      let now = Self.now()
      let batch = try state.withLock { state in
        state.measure(now: now, until: end)
        guard state.backlog <= maximumBacklog else {
          throw Overrun(description: "\(state.backlog) samples of one gateway aren't acknowledged")
        }
        return state.requests(now: now, isGroupingResends: isGrouping)
      }
      isGrouping = false
      for request in batch { try await requests.write(request) }
      if now >= end {
        let (isSettled, isVisible) = state.withLock { ($0.isSettled, $0.isVisible) }
        if isSettled { settled = min(settled, now) }
        if isSettled, isVisible || now - settled > Self.longestView { return }
        guard now < deadline else {
          throw Overrun(description: "\(state.withLock(\.backlog)) samples were never acknowledged")
        }
      }
      next = max(next + collecting, .now)
      try await Task.sleep(until: next, tolerance: .zero, clock: .continuous)
    }
  }
}
