import FleetCore
import Foundation
import Synchronization
import TwinCTLDomain
import TwinProto

/// A load of some rate over some time, and what came of it.
struct LoadRun: Sendable {
  /// Before this much of the load nothing is measured: sources are opened, filters start, s.
  static let warmUp = 10.0
  /// Between its making and its first sample, s.
  private static let lead = 0.5

  struct Plan: Sendable {
    var rate: Int
    var seconds: Double
    var streams: Int
    var collecting: Duration
    var disturbance: Disturbance
    var seed: UInt64

    var vehicles: Int { rate / 10 }
  }

  struct Report: Sendable {
    var plan: Plan
    var counts: GatewayCounts
    /// Ascending by time.
    var lags: [LagEntry]
    var acks: LatencySummary
    /// Of the time that is measured.
    var times: Suite.Times
    var measuredSeconds: Double
    /// When the measured time began, ns since 1970.
    var began: Int64

    var lag: LatencySummary { lags.summary }

    /// Samples in the measured time.
    var samples: Double { Double(plan.rate) * measuredSeconds }

    /// Microseconds on processors a sample.
    func cost(_ name: String) -> Double { (times.seconds[name] ?? 0) / samples * 1e6 }

    /// Those of the whole suite.
    var cost: Double { (times.total - (times.seconds["generator"] ?? 0)) / samples * 1e6 }

    /// The lags of each part of the measured time.
    func windows(_ seconds: Double) -> [LatencySummary] {
      let length = Int64(seconds * 1e9)
      let count = Int((measuredSeconds / seconds).rounded(.up))
      var windows = Array(repeating: LatencySummary(), count: count)
      for entry in lags {
        let place = Int((entry.due - began) / length)
        if windows.indices.contains(place) { windows[place].record(nanoseconds: entry.lag) }
      }
      return windows
    }
  }

  let suite: Suite
  let plan: Plan
  private let gateways: [Gateway]

  /// - Parameter vehicles: those that earlier loads have used go on where they were.
  init(_ suite: Suite, _ plan: Plan, vehicles: [GatewayVehicle]) {
    self.suite = suite
    self.plan = plan
    let service = TelemetryServiceClient(suite.stateSync)
    let perStream = (plan.vehicles + plan.streams - 1) / plan.streams
    gateways = (0..<plan.streams).map { index in
      // Every gateway has vehicles of all phases.
      let own = Array(vehicles.prefix(plan.vehicles).dropFirst(index).striding(by: plan.streams).prefix(perStream))
      return Gateway(
        GatewayState(vehicles: own, disturbance: plan.disturbance, seed: plan.seed &+ UInt64(index)), service: service,
        collecting: plan.collecting, maximumBacklog: 1_000_000 / plan.streams)
    }
  }

  /// The vehicles as they are now.
  var vehicles: [GatewayVehicle] { gateways.flatMap { $0.state.withLock(\.vehicles) } }

  /// - Parameter meanwhile: runs beside the load, from the begin of the measured time.
  func run(meanwhile: @Sendable @escaping (_ began: Int64) async throws -> Void = { _ in }) async throws -> Report {
    let start = Gateway.now() + Int64(Self.lead * 1e9)
    let began = start + Int64(Self.warmUp * 1e9)
    let end = began + Int64(plan.seconds * 1e9)
    for (index, gateway) in gateways.enumerated() {
      gateway.state.withLock { state in
        state.countFrom = began
        // The samples of all vehicles of all gateways are spread evenly over the period.
        state.begin(at: start) { place in
          Gateway.period * Int64(place * plan.streams + index) / Int64(plan.vehicles)
        }
      }
    }
    let times = try await withThrowingTaskGroup(of: Suite.Times?.self) { group in
      for gateway in gateways {
        group.addTask {
          try await gateway.run(until: end)
          return nil
        }
      }
      group.addTask {
        try await Task.sleep(for: .nanoseconds(began - Gateway.now()))
        let before = try await suite.times()
        try await meanwhile(began)
        try await Task.sleep(for: .nanoseconds(max(0, end - Gateway.now())))
        return try await suite.times() - before
      }
      return try await group.reduce(Suite.Times()) { $1 ?? $0 }
    }
    var report = Report(
      plan: plan, counts: GatewayCounts(), lags: [], acks: LatencySummary(), times: times,
      measuredSeconds: plan.seconds, began: began)
    for gateway in gateways {
      gateway.state.withLock { state in
        report.counts = report.counts + state.counts
        report.lags += state.lags
        report.acks.add(state.acks)
      }
    }
    report.lags.sort { $0.due < $1.due }
    return report
  }
}

extension Sequence<LagEntry> {
  var summary: LatencySummary { reduce(into: LatencySummary()) { $0.record(nanoseconds: $1.lag) } }
}
