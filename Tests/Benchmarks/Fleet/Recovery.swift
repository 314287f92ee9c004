import Foundation
import RPCCore
import SystemTesting
import TwinCTLDomain

/// What is killed while a load runs.
enum Fault: String, CaseIterable, Sendable {
  case stateSync = "state-sync"
  case twinEngine = "twin-engine"
  case database = "PostgreSQL"
}

/// A fault and when it was over, ns since 1970.
struct FaultTimes: Sendable {
  var fault: Fault
  var killed: Int64
  /// When the service said that it was ready again; the database, when it answered.
  var returned: Int64
}

/// How a load got over a fault.
struct Recovery: Sendable {
  /// Between the begins of the windows that are looked at, and their length, s.
  static let step = 0.25
  static let window = 1.0
  /// A window needs this share of its samples to say anything.
  private static let enough = 0.9
  private static let readyPatience = Duration.seconds(60)

  var times: FaultTimes
  /// From the return to the end of the first second whose p99 is under the bound; nil when there was none.
  var seconds: Double?
  /// The greatest lag of the samples measured while it was away and until then, ms.
  var greatestLag: Double

  init(_ times: FaultTimes, in report: LoadRun.Report, until end: Int64) {
    self.times = times
    var start = times.returned
    let length = Int64(Self.window * 1e9)
    while seconds == nil, start + length <= end {
      let lags = report.lags.within(start..<start + length)
      let summary = lags.summary
      if Double(lags.count) >= Self.enough * Self.window * Double(report.plan.rate),
        let p99 = summary.milliseconds(percentile: 99), p99 < RateSearch.bound
      {
        seconds = Double(start + length - times.returned) / 1e9
      }
      start += Int64(Self.step * 1e9)
    }
    greatestLag = report.lags.within(times.killed..<start + length).summary.largestMilliseconds ?? 0
  }

  /// Kills and starts again.
  static func inflict(_ fault: Fault, on suite: Suite) async throws -> FaultTimes {
    var times = FaultTimes(fault: fault, killed: Gateway.now(), returned: 0)
    switch fault {
    case .stateSync, .twinEngine:
      try await suite.processes.kill(fault.rawValue)
      try await suite.processes.launch(fault.rawValue)
      try await awaitReady(fault.rawValue, suite, patience: readyPatience)
    case .database:
      try await suite.processes.killDatabase()
      try await suite.processes.startDatabase()
    }
    times.returned = Gateway.now()
    return times
  }

  static func awaitReady(_ name: String, _ suite: Suite, patience: Duration) async throws {
    let deadline = ContinuousClock.now + patience
    while await suite.processes.readiness(name) != 200 {
      guard ContinuousClock.now < deadline else { throw RPCError(.deadlineExceeded, "\(name) isn't ready") }
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}

extension [LagEntry] {
  /// Those of samples measured within some time; the lags are ascending by time.
  func within(_ times: Range<Int64>) -> ArraySlice<LagEntry> {
    func first(from time: Int64) -> Int {
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        if self[middle].due < time { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return self[first(from: times.lowerBound)..<first(from: times.upperBound)]
  }
}
