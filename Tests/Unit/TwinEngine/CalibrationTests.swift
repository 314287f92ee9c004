import FleetCore
import RPCCore
import RPCErrors
import RPCInProcess
import Synchronization
import Testing
import TwinProto

@testable import TwinEngineService

/// Numbers that look random and are the same in every run (SplitMix64).
private struct Noise: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Mean 0, variance 1: twelve uniform numbers.
  mutating func normal() -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + Double(next() >> 11) * 0x1p-53 }
  }
}

@Suite("Calibrating environments from metrics")
struct CalibrationTests {
  private static let start = UTCInstant(microseconds: 1_800_000_000_000_000)

  private static func series(
    _ metric: String, every step: Double = 300, labels: [String: String] = [:], _ values: [Double]
  ) -> MetricSeries {
    MetricSeries(
      target: "web", metric: metric, labels: labels,
      points: values.enumerated().map {
        MetricPoint(time: start.adding(seconds: Double($0.offset) * step).timestamp, value: $0.element)
      })
  }

  private static func estimates(_ series: [MetricSeries], cores: Double? = nil) -> ParameterEstimates {
    ParameterEstimates(
      metrics: TargetMetrics(series), state: cores.map { ["cores": ProtoValue(kind: .numberValue($0))] } ?? [:],
      time: start.timestamp)
  }

  private static func bounds(_ parameter: CalibratedParameter?, _ key: String) -> [Double] {
    guard case .listValue(let list)? = parameter?.regime?.fields[key]?.kind else { return [] }
    return list.values.compactMap { if case .numberValue(let number)? = $0.kind { number } else { nil } }
  }

  // MARK: Demand

  /// A day of load between 40 and 160 requests/s that take 10 ms of CPU each on 8 cores, which idle at 0.2 cores.
  private static func load(noise: Double, seed: UInt64) -> (requests: [Double], utilization: [Double]) {
    var random = Noise(state: seed)
    // A triangle over the day instead of a sine: the standard library has none.
    let requests = (0..<288).map { 40 + 120 * abs(Double($0) - 144) / 144 }
    return (requests, requests.map { (0.2 + 0.010 * $0 + noise * random.normal()) / 8 })
  }

  @Test("service demand is found again without noise")
  func exactDemand() throws {
    let (requests, utilization) = Self.load(noise: 0, seed: 1)
    let demand = try #require(
      Self.estimates(
        [Self.series("requests_per_s", requests), Self.series("cpu_utilization_share", utilization)], cores: 8
      ).serviceDemand)
    #expect(demand.name == "cpu_demand_ms")
    #expect(abs(demand.value - 10) < 1e-9)
    #expect(demand.std < 1e-9)
    #expect(demand.sampleCount == 288)
    #expect(Self.bounds(demand, "requests_per_s") == [40, 160])
    #expect(demand.model == "mmc")
  }

  @Test("the deviation of the demand covers its error as often as it should")
  func demandDeviation() throws {
    var within = 0
    for seed in 1...200 {
      let (requests, utilization) = Self.load(noise: 0.1, seed: UInt64(seed))
      let demand = try #require(
        Self.estimates(
          [Self.series("requests_per_s", requests), Self.series("cpu_utilization_share", utilization)], cores: 8
        ).serviceDemand)
      if abs(demand.value - 10) <= 1.96 * demand.std { within += 1 }
    }
    // 95 % of 200 are 190; four deviations of the binomial law are 12.
    #expect((178...200).contains(within))
  }

  @Test("what can't be told is absent")
  func absent() {
    let (requests, utilization) = Self.load(noise: 0.02, seed: 7)
    let rate = Self.series("requests_per_s", requests)
    let share = Self.series("cpu_utilization_share", utilization)
    // Of how many cores?
    #expect(Self.estimates([rate, share]).serviceDemand == nil)
    // Too few, or a load that doesn't change.
    let few = [Self.series("requests_per_s", Array(requests.prefix(10))), share]
    #expect(Self.estimates(few, cores: 8).serviceDemand == nil)
    let constant = Self.series("requests_per_s", requests.map { _ in 100 })
    #expect(Self.estimates([constant, share], cores: 8).serviceDemand == nil)
    // Use that has nothing to do with the load.
    var random = Noise(state: 3)
    let unrelated = Self.series("cpu_utilization_share", requests.map { _ in 0.5 + 0.1 * random.normal() })
    #expect(Self.estimates([rate, unrelated], cores: 8).serviceDemand == nil)
    #expect(Self.estimates([]).all().isEmpty)
  }

  @Test("steps in which work waits don't count")
  func saturation() throws {
    let (requests, utilization) = Self.load(noise: 0, seed: 1)
    let over = requests + Array(repeating: 2_000, count: 50)
    let full = utilization + Array(repeating: 1, count: 50)
    let demand = try #require(
      Self.estimates([Self.series("requests_per_s", over), Self.series("cpu_utilization_share", full)], cores: 8)
        .serviceDemand)
    #expect(abs(demand.value - 10) < 1e-9)
    #expect(Self.bounds(demand, "requests_per_s") == [40, 160])
  }

  @Test("use of several instances adds up, and only where all tell")
  func instances() throws {
    let (requests, _) = Self.load(noise: 0, seed: 1)
    let series = [
      Self.series("requests_per_s", requests),
      Self.series("cpu_used_cores", labels: ["pod": "a"], requests.map { 0.006 * $0 }),
      Self.series("cpu_used_cores", labels: ["pod": "b"], requests.prefix(200).map { 0.004 * $0 }),
    ]
    let demand = try #require(Self.estimates(series).serviceDemand)
    #expect(abs(demand.value - 10) < 1e-9)
    #expect(demand.sampleCount == 200)
  }

  @Test("memory of a connection is what more of them take")
  func memory() throws {
    let connections = (0..<100).map { Double(50 + $0 % 40) }
    let bytes = connections.map { 4e9 + $0 * 10 * 1_048_576 }
    let memory = try #require(
      Self.estimates([Self.series("backends", connections), Self.series("memory_used_bytes", bytes)])
        .memoryPerConnection)
    #expect(abs(memory.value - 10) < 1e-6)
    #expect(Self.bounds(memory, "backends") == [50, 89])
  }

  @Test("what is used without load is told where there is some")
  func idle() throws {
    let (requests, utilization) = Self.load(noise: 0.05, seed: 4)
    let base = try #require(
      Self.estimates(
        [Self.series("requests_per_s", requests), Self.series("cpu_utilization_share", utilization)], cores: 8
      ).idleProcessing)
    #expect(abs(base.value - 0.2) <= 3 * base.std, "\(base)")
    #expect(base.name == "cpu_base_cores")
    let none = requests.map { 0.01 * $0 / 8 }
    #expect(
      Self.estimates(
        [Self.series("requests_per_s", requests), Self.series("cpu_utilization_share", none)], cores: 8
      ).idleProcessing == nil)
    let connections = (0..<100).map { Double(50 + $0 % 40) }
    let memory = try #require(
      Self.estimates([
        Self.series("backends", connections),
        Self.series("memory_used_bytes", connections.map { 4 * 1_073_741_824 + $0 * 10 * 1_048_576 }),
      ]).idleMemory)
    #expect(abs(memory.value - 4) < 1e-6)
  }

  // MARK: Think time

  /// A day of users who think for 2 s and wait 50 ms, in steps of two hours, with noise.
  private static func users(noise: Double) -> (clients: [Double], requests: [Double]) {
    var random = Noise(state: 21)
    let clients = (0..<288).map { Double(40 + 20 * (($0 / 24) % 6)) }
    return (clients, clients.map { $0 / 2.05 * (1 + noise * random.normal()) })
  }

  @Test("think time follows from clients, requests and responses, where it is one number")
  func thinkTime() throws {
    let (clients, requests) = Self.users(noise: 0.01)
    let response = Self.series("response_mean_ms", clients.map { _ in 50 })
    let think = try #require(
      Self.estimates([Self.series("clients", clients), Self.series("requests_per_s", requests), response]).thinkTime)
    #expect(think.name == "think_time_s")
    #expect(think.model == "mva")
    #expect(abs(think.value - 2) <= 3 * think.std, "\(think)")
    #expect(think.std < 0.05)
    #expect(Self.bounds(think, "clients") == [40, 140])
    #expect(think.regime?.fields["method"] == ProtoValue(kind: .stringValue("measured_response")))
    // Idle connections of a pool don't think.
    let pool = Self.series("connections", clients.map { _ in 140 })
    #expect(Self.estimates([pool, Self.series("requests_per_s", requests), response]).thinkTime == nil)
    // Neither a response nor a demand that would give one.
    #expect(
      Self.estimates([Self.series("clients", clients), Self.series("requests_per_s", requests)]).thinkTime == nil)
    // The demand gives the response: 10 ms on 8 processors hardly wait.
    let busy = Self.series("cpu_utilization_share", requests.map { $0 * 0.01 / 8 })
    let modelled = try #require(
      Self.estimates([Self.series("clients", clients), Self.series("requests_per_s", requests), busy], cores: 8)
        .thinkTime)
    #expect(abs(modelled.value - 2.04) < 0.03, "\(modelled)")
    #expect(modelled.regime?.fields["method"] == ProtoValue(kind: .stringValue("modelled_response")))
  }

  @Test("think time of a database's clients follows from its session counters")
  func sessions() throws {
    var (session, active, transactions) = (0.0, 0.0, 0.0)
    var (a, b, c): ([Double], [Double], [Double]) = ([], [], [])
    for window in 0..<60 {
      // 20 or 30 sessions, 0.5 s of thinking and 0.1 s of work: for 15 minutes each.
      let count = 900.0 * (window < 30 ? 20 : 30) / 0.6
      a.append(session)
      b.append(active)
      c.append(transactions)
      (session, active, transactions) = (session + 0.6 * count, active + 0.1 * count, transactions + count)
    }
    let think = try #require(
      Self.estimates([
        Self.series("session_seconds_total", every: 900, a),
        Self.series("active_session_seconds_total", every: 900, b),
        Self.series("transactions_total", every: 900, c),
      ]).thinkTime)
    #expect(abs(think.value - 0.5) < 1e-9)
    #expect(abs((Self.bounds(think, "clients").last ?? 0) - 30) < 1e-6)
  }

  // MARK: Cache

  /// Counters of a cache whose sizes and hit ratios follow each other, 40 syncs each; the first 3 after a start miss more.
  private static func cache(_ phases: [(megabytes: Double, hits: Double)], databases: Double) -> [MetricSeries] {
    var (hit, read) = (0.0, 0.0)
    var (a, b, c): ([Double], [Double], [Double]) = ([], [], [])
    for phase in phases {
      for sync in 0..<40 {
        a.append(hit)
        b.append(read)
        c.append(phase.megabytes * 1_048_576)
        let accesses = 1e4 * (1 + 0.1 * Double(sync % 3))
        let share = sync < 3 ? phase.hits - 0.2 : phase.hits
        (hit, read) = (hit + accesses * share, read + accesses * (1 - share))
      }
    }
    return [
      series("blocks_hit_total", every: 900, a), series("blocks_read_total", every: 900, b),
      series("shared_buffers_bytes", every: 900, c),
      series("databases_bytes", every: 900, a.map { _ in databases * 1_048_576 }),
    ]
  }

  @Test("two sizes of the cache tell the working set, one only bounds it")
  func workingSet() throws {
    // Of a table of 120 MB looked up by Zipf's law of 1.05: `WorkingSetTests` knows that 99 % take some 103 MB.
    let two = Self.estimates(Self.cache([(32, 0.8928), (64, 0.9559)], databases: 120)).all()
    let set = try #require(two.first { $0.name == "working_set_gb" }, "\(two)")
    #expect(abs(set.value * 1_024 - 103) < 16, "\(set)")
    #expect(set.std > 0 && set.std < 0.25 * set.value)
    #expect(set.model == "buffer_cache")
    #expect(set.regime?.fields["hit_share"] == ProtoValue(kind: .numberValue(0.99)))
    // What was missed while the cache filled doesn't count.
    let measured = Self.bounds(set, "measured_hit_share")
    #expect(abs(measured[0] - 0.8928) < 1e-9 && abs(measured[1] - 0.9559) < 1e-9)
    let one = Self.estimates(Self.cache([(32, 0.8928)], databases: 120)).all()
    #expect(one.map(\.name) == ["working_set_at_least_gb", "working_set_at_most_gb"])
    #expect(one[0].value * 1_024 < 103 && 103 < one[1].value * 1_024)
    #expect(one[1].value * 1_024 <= 120)
    // Not even filled once.
    #expect(Self.estimates(Self.cache([(100_000, 0.99)], databases: 200_000)).all().isEmpty)
    // Nobody knows how large the databases are.
    #expect(Self.estimates(Array(Self.cache([(32, 0.8928)], databases: 120).dropLast())).all().isEmpty)
  }

  // MARK: Arrivals

  @Test("variability of arrivals is that of their counts, whatever the load does over the day")
  func arrivals() throws {
    // Counts a minute of a mean that rises and falls, with a variance of 4 times the mean.
    var random = Noise(state: 11)
    let rates = (0..<2_880).map { index -> Double in
      let mean = (40 + 120 * abs(Double(index % 1_440) - 720) / 720) * 60
      return max(0, mean + (4 * mean).squareRoot() * random.normal()) / 60
    }
    let estimates = Self.estimates([Self.series("requests_per_s", every: 60, rates)])
    let cv2 = try #require(estimates.arrivalVariability)
    #expect(abs(cv2.value - 4) <= 3 * cv2.std)
    #expect(cv2.std < 0.2)
    #expect(Self.bounds(cv2, "window_s") == [60, 60])
    let rate = try #require(estimates.arrivalRate)
    #expect(abs(rate.value - 100) < 2)
    // The load follows itself, so its mean is known less well than by as many independent values.
    #expect(rate.std > 3)
  }

  // MARK: Growth and failures

  @Test("growth is the robust slope, whatever a few outliers say")
  func growth() throws {
    let gigabyte = 1_073_741_824.0
    var sizes = (0..<(24 * 10)).map { (60 + 0.5 * Double($0) / 24) * gigabyte }
    for place in stride(from: 5, to: sizes.count, by: 17) { sizes[place] = 500 * gigabyte }
    let all = Self.estimates([
      Self.series("db_size_bytes", every: 3_600, sizes),
      Self.series("disk_used_bytes", every: 3_600, labels: ["mountpoint": "/"], sizes.map { _ in 7 * gigabyte }),
      Self.series("disk_used_bytes", every: 3_600, labels: ["mountpoint": "/data"], sizes.map { $0 * 2 }),
    ]).all()
    #expect(all.map(\.name) == ["db_growth_gb_per_day", "disk_growth_gb_per_day"])
    #expect(abs(all[0].value - 0.5) < 0.02)
    #expect(all[0].std < 0.1)
    #expect(abs(all[1].value - 1) < 0.04)
    #expect(all[1].regime?.fields["mountpoint"] == ProtoValue(kind: .stringValue("/data")))
    // Less than a day says nothing of growth.
    #expect(Self.estimates([Self.series("db_size_bytes", every: 3_600, Array(sizes.prefix(20)))]).all().isEmpty)
  }

  @Test("failures are counted over the time that was watched, and none isn't never")
  func failures() throws {
    var up = Array(repeating: 1.0, count: 600)
    up[100] = 0
    for index in 300..<310 { up[index] = 0 }
    let rate = try #require(Self.estimates([Self.series("up", every: 60, up)]).failureRate)
    // Two failures in 588 steps of a minute that began up.
    #expect(abs(rate.value - 2.5 / (588.0 / 60)) < 1e-9)
    let none = try #require(
      Self.estimates([Self.series("up", every: 60, Array(repeating: 1, count: 600))]).failureRate)
    #expect(none.value > 0)
    #expect(none.std >= none.value)
    #expect(Self.estimates([Self.series("up", every: 60, [1, 0, 1])]).failureRate == nil)
  }

  @Test("the share of errors is that of sums")
  func errors() throws {
    let requests = (0..<100).map { Double(100 + $0) }
    let share = try #require(
      Self.estimates([Self.series("requests_per_s", requests), Self.series("errors_per_s", requests.map { $0 * 0.02 })])
        .errorShare)
    #expect(abs(share.value - 0.02) < 1e-12)
    #expect(share.std < 1e-12)
  }

  // MARK: Over gRPC

  /// A state-sync that has these series.
  private struct Given: EnvironmentMetrics {
    var series: [MetricSeries]

    func series(of target: String, in id: String, from: ProtoTimestamp?, to: ProtoTimestamp?) async throws
      -> [MetricSeries]
    { series.filter { $0.target == target } }
  }

  @Test("a calibration is stored with the twin, and a later one replaces it")
  func calibrate() async throws {
    let (requests, utilization) = Self.load(noise: 0, seed: 1)
    let store = MemoryEnvironmentTwinStore()
    let clock = SettableClock()
    func client(_ series: [MetricSeries]) -> EnvironmentTwinServiceClient {
      let parts = EngineParts(
        store: MemoryTwinStore(), history: GivenHistory(), environments: store,
        environmentMetrics: Given(series: series), policy: SyncPolicy(), clock: clock.wallClock)
      return EnvironmentTwinServiceClient(InProcessChannel(Router(services: parts.rpcServices)))
    }
    let series = [Self.series("requests_per_s", requests), Self.series("cpu_utilization_share", utilization)]
    let engine = client(series)
    #expect(
      await fault {
        try await engine.calibrateEnvironment(CalibrateEnvironmentRequest(environmentID: "prod"))
      }?.reason == "ENVIRONMENT_NOT_FOUND")
    let targets = ["web", "api"].map {
      Target(
        name: $0, environmentID: "production", kind: "service",
        state: ProtoStruct(fields: ["cores": ProtoValue(kind: .numberValue(8))]), syncTime: clock.now.timestamp,
        version: 1)
    }
    let environment = TwinProto.Environment(
      id: "production", kind: .production, lastSyncTime: clock.now.timestamp, createTime: Self.start.timestamp)
    let answer = try await engine.updateEnvironment(
      UpdateEnvironmentRequest(environment: environment, targets: targets))
    #expect(answer.targetCount == 2)
    let calibrated = try await engine.calibrateEnvironment(CalibrateEnvironmentRequest(environmentID: "prod"))
    #expect(calibrated.environmentID == "production")
    #expect(calibrated.targets.map { $0.target?.name } == ["api", "web"])
    #expect(calibrated.targets[0].parameters.isEmpty)
    #expect(
      calibrated.targets[1].parameters.map(\.name) == [
        "arrival_cv2", "arrival_rate_per_s", "cpu_base_cores", "cpu_demand_ms",
      ])
    #expect(calibrated.targets[1].parameters.allSatisfy { $0.calibrationTime == clock.now.timestamp })
    let snapshot = try await engine.getEnvironmentSnapshot(
      GetEnvironmentSnapshotRequest(environmentID: "production", targets: ["web"]))
    #expect(snapshot.targets[0].parameters == calibrated.targets[1].parameters)
    try await EnvironmentCalibration(store: store, metrics: Given(series: []), clock: clock.wallClock).calibrateAll()
    let empty = try await engine.getEnvironmentSnapshot(GetEnvironmentSnapshotRequest(environmentID: "production"))
    #expect(empty.targets.allSatisfy { $0.parameters.isEmpty })
  }
}
