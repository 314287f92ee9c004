import FleetCore
import RPCCore
import RPCErrors
import Testing
import TwinProto

@testable import PredictionService

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Failures that metrics announce")
struct FailureTests {
  /// Of the test clock: a full hour.
  private static let now: Int64 = 1_800_000_000

  /// Hourly means of the last 30 days.
  private func series(
    _ metric: String, of target: String = "db", labels: [String: String] = [:], hours: Int = 720,
    _ value: (Int) -> Double
  ) -> MetricSeries {
    MetricSeries(
      target: target, metric: metric, labels: labels,
      points: (0..<hours).map { hour in
        MetricPoint(time: ProtoTimestamp(seconds: Self.now - Int64(hours - hour) * 3_600), value: value(hour))
      })
  }

  /// From −0.5 to 0.5, without a pattern that an hour-to-hour model could learn.
  private func noise(_ index: Int) -> Double {
    var x = UInt64(index) &* 0x9E37_79B9_7F4A_7C15
    x ^= x >> 31
    x = x &* 0xBF58_476D_1CE4_E5B9
    return Double((x ^ x >> 27) >> 11) / 0x1p53 - 0.5
  }

  private func target(_ state: [String: Double]) -> Target {
    Target(name: "db", state: ProtoStruct(fields: state.mapValues { ProtoValue(kind: .numberValue($0)) }))
  }

  private func stage(_ series: [MetricSeries], _ targets: [Target] = []) -> PredictionStage {
    let stage = PredictionStage()
    stage.mirror.set { ($0.series, $0.targets) = (series, targets) }
    return stage
  }

  @Test("a disk that loses 0.1 GB an hour is full when arithmetic says")
  func diskFull() async throws {
    let stage = stage([series("disk_free_gb") { 10 + 0.1 * Double(719 - $0) + 0.05 * noise($0) }])
    let answer = try await stage.predictions.predictFailures(PredictFailuresRequest())
    let failure = try #require(answer.failures.first { $0.code == "DISK_FULL" }, "\(answer.failures)")
    #expect(failure.target == "db")
    #expect(failure.metric == "disk_free_gb")
    #expect(failure.probability > 0.99)
    #expect(failure.severity == .high)
    #expect(failure.evidence?.threshold == 0)
    // 100 h after the middle of the last hour.
    let expected = try #require(failure.expectedTime?.seconds)
    #expect(abs(expected - (Self.now - 1_800 + 360_000)) < 2 * 3_600)
    #expect(try #require(failure.earliestTime?.seconds) <= expected)
    #expect(try #require(failure.latestTime?.seconds) >= expected)
    // 100 h ahead, 30 days hold enough origins that don't miss together.
    #expect(failure.calibrated)
    #expect(failure.confidence > 0.85)
    #expect(answer.dataTime?.seconds == Self.now - 3_600)
    let sooner = try await stage.predictions.predictFailures(PredictFailuresRequest(horizonHours: 48))
    #expect(!sooner.failures.contains { $0.code == "DISK_FULL" })
    let asked = try #require(stage.mirror.asked.first)
    #expect(asked.stepS == 3_600)
    #expect(asked.from?.seconds == Self.now - 30 * 86_400)
    _ = try await stage.predictions.predictFailures(PredictFailuresRequest(targetSystem: "db", horizonHours: 24))
    let close = try #require(stage.mirror.asked.last)
    #expect(close.stepS == 600)
    #expect(close.from?.seconds == Self.now - 7 * 86_400)
  }

  @Test("connections at their limit are an outage that is there")
  func connections() async throws {
    let metrics = [series("backends") { $0 == 719 ? 97 : 40 + 5 * noise($0) }]
    let known = stage(metrics, [target(["max_connections": 100])])
    let failure = try #require(
      try await known.predictions.predictFailures(PredictFailuresRequest()).failures
        .first { $0.code == "CONNECTION_EXHAUSTION" })
    #expect(failure.severity == .critical)
    #expect(failure.probability == 1)
    #expect(failure.evidence?.threshold == 97)
    // Measured, not predicted.
    #expect(!failure.calibrated && failure.confidence == 0.85)
    #expect(failure.expectedTime?.seconds == Self.now - 1_800)
    // Without the limit there is nothing to reach.
    let unknown = try await stage(metrics).predictions.predictFailures(PredictFailuresRequest())
    #expect(!unknown.failures.contains { $0.probability > 0 })
  }

  @Test("what the data don't tell is no failure")
  func unknown() async throws {
    let few = stage([series("disk_free_gb", hours: 5) { 5 - Double($0) }])
    #expect(try await few.predictions.predictFailures(PredictFailuresRequest()).failures.isEmpty)
    // Ten days don't tell of ninety.
    let short = stage([series("disk_free_gb", hours: 240) { 50 - 0.1 * Double($0) }])
    #expect(
      try await short.predictions.predictFailures(PredictFailuresRequest(horizonHours: 2_160)).failures
        .allSatisfy { $0.probability == 0 })
    // A counter only ever grows.
    let counter = stage([series("transactions_total") { Double($0 * $0) }])
    #expect(try await counter.predictions.predictFailures(PredictFailuresRequest()).failures.isEmpty)
  }

  @Test("an anomaly has no probability, and says so")
  func anomaly() async throws {
    let stage = stage([
      series("latency_p99_ms") { hour in
        20 + 5 * sin(Double(hour) * 2 * Double.pi / 24) + noise(hour) + (hour >= 715 ? 80 : 0)
      }
    ])
    let answer = try await stage.predictions.predictFailures(PredictFailuresRequest())
    let failure = try #require(answer.failures.first { $0.code == "ANOMALY" }, "\(answer.failures)")
    #expect(failure.severity == .info)
    #expect(failure.probability == 0)
    #expect(failure.confidence == 0 && !failure.calibrated)
    #expect(failure.expectedTime == nil)
    #expect(failure.message.contains("doesn't tell how probable"), "\(failure.message)")
  }

  @Test("soonest first, page by page, of one target when it is named")
  func pages() async throws {
    let stage = stage(
      [
        series("disk_free_gb", of: "late") { 14 + 0.1 * Double(719 - $0) + 0.01 * noise($0) },
        series("disk_free_gb", of: "soon") { 5 + 0.1 * Double(719 - $0) + 0.01 * noise($0) },
      ])
    stage.mirror.set { $0.environment.stale = true }
    var request = PredictFailuresRequest(environment: "production", pageSize: 1)
    let first = try await stage.predictions.predictFailures(request)
    #expect(first.failures.map(\.target) == ["soon"])
    #expect(first.stale)
    request.pageToken = first.nextPageToken
    stage.clock.advance(seconds: 7)
    let second = try await stage.predictions.predictFailures(request)
    #expect(second.failures.map(\.target) == ["late"])
    #expect(second.nextPageToken.isEmpty)
    #expect(Set(stage.mirror.asked.map(\.to?.seconds)) == [Self.now])
    request.environment = "staging"
    #expect(await fault { _ = try await stage.predictions.predictFailures(request) }?.code == .invalidArgument)
    let one = try await stage.predictions.predictFailures(PredictFailuresRequest(targetSystem: "late"))
    #expect(one.failures.map(\.target) == ["late"])
  }

  @Test("refusals name what is wrong")
  func refusals() async throws {
    let stage = stage([])
    for hours in [0, -1, 2_161, Double.nan] {
      let wrong = await fault {
        _ = try await stage.predictions.predictFailures(PredictFailuresRequest(horizonHours: hours))
      }
      #expect(wrong?.violations.map(\.field) == ["horizon_hours"])
    }
    let missing = await fault {
      _ = try await stage.predictions.predictFailures(PredictFailuresRequest(environment: "mars"))
    }
    #expect(missing?.reason == "ENVIRONMENT_NOT_FOUND")
    let nobody = await fault {
      _ = try await stage.predictions.predictFailures(PredictFailuresRequest(targetSystem: "nobody"))
    }
    #expect(nobody?.reason == "TARGET_NOT_FOUND")
    stage.mirror.set { $0.isAway = true }
    let away = await fault { _ = try await stage.predictions.predictFailures(PredictFailuresRequest()) }
    #expect(away?.reason == "UPSTREAM_UNAVAILABLE")
  }

  // MARK: Confidence

  private func evidence(_ failure: PredictedFailure, _ name: String) -> Double? {
    if case .numberValue(let value)? = failure.evidence?.inputs?.fields[name]?.kind { value } else { nil }
  }

  private func diskFull(_ stage: PredictionStage, hours: Double = 168) async throws -> PredictedFailure? {
    try await stage.predictions.predictFailures(PredictFailuresRequest(horizonHours: hours)).failures
      .first { $0.code == "DISK_FULL" }
  }

  @Test("a past that is too short for twenty residuals isn't calibrated, and never surer than 0.85")
  func shortPast() async throws {
    let stage = stage([series("disk_free_gb", hours: 100) { 5 + 0.1 * Double(99 - $0) + 0.01 * noise($0) }])
    let failure = try #require(try await diskFull(stage))
    #expect(!failure.calibrated)
    #expect(failure.confidence > 0.5 && failure.confidence <= 0.85)
    #expect(try #require(evidence(failure, "residuals")) < 20)
    #expect(evidence(failure, "predicted_low") == nil)
  }

  @Test("a series whose trends never came true isn't believed, however many residuals there are")
  func brokenPast() async throws {
    // A saw: falls for two days, is emptied, and falls again.
    let stage = stage([
      series("disk_free_gb") { hour in 30 - 0.5 * Double(hour % 48) - 0.005 * Double(hour) + 0.2 * noise(hour) }
    ])
    let steady = self.stage([series("disk_free_gb") { 10 + 0.1 * Double(719 - $0) + 0.05 * noise($0) }])
    let good = try #require(try await diskFull(steady))
    if let bad = try await diskFull(stage, hours: 720) {
      #expect(bad.confidence < good.confidence - 0.2, "\(bad)")
    }
    #expect(evidence(good, "residuals").map { $0 >= 20 } == true)
    #expect(evidence(good, "residual_coverage").map { $0 > 0.7 } == true)
    let (low, high) = (try #require(evidence(good, "predicted_low")), try #require(evidence(good, "predicted_high")))
    #expect(low < 0.2 && high > -0.2 && high - low < 1)
  }

  @Test("what came of a prediction is recorded once it is known, and counts", arguments: StoreKind.allCases)
  func outcomes(_ kind: StoreKind) async throws {
    let stage = PredictionStage(try await kind.make())
    // 20 h before it is full, seen for 60 h.
    func past(_ hours: Int) -> [MetricSeries] {
      [
        MetricSeries(
          target: "db", metric: "disk_free_gb", labels: ["device": "sda"],
          points: (0..<hours).map { hour in
            MetricPoint(
              time: ProtoTimestamp(seconds: Self.now - Int64(60 - hour) * 3_600),
              value: 2 + 0.1 * Double(59 - hour) + 0.01 * noise(hour))
          })
      ]
    }
    stage.mirror.set { $0.series = past(60) }
    let first = try #require(try await diskFull(stage, hours: 30))
    let lead = Int(try #require(evidence(first, "predicted_in_h")))
    let predicted = try #require(evidence(first, "predicted_value"))
    // Asked again at the same time, it is the same prediction.
    _ = try await diskFull(stage, hours: 30)
    #expect(try await stage.predictions.listTrackRecord(ListTrackRecordRequest()).total == 0)
    stage.clock.advance(seconds: Double(lead + 2) * 3_600)
    stage.mirror.set { $0.series = past(60 + lead + 2) }
    _ = try await diskFull(stage, hours: 30)
    let record = try await stage.predictions.listTrackRecord(ListTrackRecordRequest(environment: "production"))
    #expect(record.total == 1)
    let one = try #require(record.records.first)
    #expect(one.metric == "disk_free_gb")
    #expect(one.model == "failure_outlook")
    #expect(one.regime == "production/db/disk_free_gb{device=sda}")
    #expect(one.predicted == predicted)
    #expect(abs(one.actual - (2 - 0.1 * Double(lead))) < 0.02)
    #expect(one.appliedTime?.seconds == Self.now + Int64(lead - 1) * 3_600)
    let residuals = try await stage.store.residuals(model: one.model, regime: one.regime, limit: 10)
    #expect(residuals.count == 1)
    // What is settled is gone.
    #expect(
      try await stage.store.expected(environment: "production", target: "db", until: .max, limit: 10)
        .allSatisfy { $0.1.madeTime > Self.now * 1_000_000 })
  }

  @Test("recorded outcomes move the confidence: what went wrong lowers it")
  func recorded() async throws {
    func confidence(_ actual: (Int) -> Double) async throws -> PredictedFailure? {
      let stage = stage([series("disk_free_gb", hours: 100) { 5 + 0.1 * Double(99 - $0) + 0.01 * noise($0) }])
      let residuals = (0..<60).map { index in
        Residual(
          simulationID: "s\(index)", metric: "disk_free_gb", appliedTime: Int64(index), environment: "production",
          model: "failure_outlook", regime: "production/db/disk_free_gb", predicted: 5,
          actual: 5 + actual(index))
      }
      _ = try await stage.store.record(residuals, audit: AuditEntry())
      return try await diskFull(stage)
    }
    let good = try #require(try await confidence { 0.1 * noise($0) })
    let bad = try #require(try await confidence { 20 * noise($0) })
    #expect(good.calibrated && bad.calibrated)
    #expect(good.confidence > 0.85)
    #expect(bad.confidence < 0.4)
  }

  @Test("limits come from what is known of the target")
  func limits() {
    func limit(_ metric: String, _ labels: [String: String] = [:], _ state: [String: Double] = [:]) -> MetricLimit? {
      MetricLimit.of(metric, labels: labels, state: state.mapValues { ProtoValue(kind: .numberValue($0)) })
    }
    let gigabyte = 1_073_741_824.0
    #expect(limit("db_size_gb", [:], ["db_size_gb": 20, "disk_free_gb": 5])?.bound == 25)
    #expect(limit("db_size_bytes", [:], ["db_size_gb": 20, "disk_free_gb": 5])?.bound == 25 * gigabyte)
    #expect(limit("db_size_bytes", [:], ["db_size_gb": 20]) == nil)
    #expect(limit("disk_used_bytes", ["mountpoint": "/"], ["size_gb": 20]) == nil)
    #expect(limit("memory_used_bytes", [:], ["ram_gb": 16, "container_memory_limit_gb": 1])?.bound == 16 * gigabyte)
    let pod = limit("memory_used_bytes", ["pod": "web-1"], ["ram_gb": 16, "container_memory_limit_gb": 1])
    #expect(pod?.bound == gigabyte)
    #expect(pod?.code == "OOM_RISK")
    #expect(limit("memory_used_bytes", ["pod": "web-1"], ["ram_gb": 16]) == nil)
    #expect(limit("cpu_used_cores", [:], ["cores": 8])?.bound == 7.6)
    #expect(limit("cpu_utilization_share")?.isOutage == false)
    #expect(
      limit("backends", [:], ["max_connections": 100, "superuser_reserved_connections": 10])?.bound == 90)
    #expect(limit("xid_age")?.bound == 2_144_483_647)
    #expect(limit("requests_per_s") == nil)
  }
}
