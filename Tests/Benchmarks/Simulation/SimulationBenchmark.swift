import SimulationEstimation
import SimulationInput
import SimulationKernel
import SimulationRecordings
import SimulationScenarios
import SimulationVehicles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Prints how fast the simulation is: `swift run -c release SimulationBenchmark`.
@main
struct SimulationBenchmark {
  static func main() async throws {
    try await sweep()
    try singleRun()
    try estimation()
  }

  /// 10,000 variants over vehicle type, speed, weather and gap, each run once without trace and sensitivities, as in a
  /// sweep.
  private static func sweep() async throws {
    let weathers = ["clear", "rain", "snow", "freezing_rain"]
    let scenario = EmergencyBraking()
    func items() throws -> [ScenarioBatch.Item] {
      try (0..<10_000).map { index in
        let type = VehicleCatalogue.all[index % VehicleCatalogue.all.count]
        let parameters: InputValue = [
          "initial_speed": .number(20 + Double(index % 111)), "weather": .string(weathers[index / 10 % 4]),
          "obstacle_distance_m": .number(60 + Double(index % 141)),
        ]
        return ScenarioBatch.Item(
          try scenario.prepare(parameters, from: ScenarioStart(type)),
          RunRequest(seed: UInt64(index), recordsTrace: false, includesOptimisation: false))
      }
    }
    let wall = ContinuousClock()
    var hashes: [UInt64] = []
    for workers in [1, 2] {
      let cpuBefore = clock()
      var summaries: [(steps: Int, hash: UInt64, verdict: Verdict)] = []
      let elapsed = try await wall.measure {
        summaries = await ScenarioBatch.run(try items(), workers: workers) {
          ($0.steps, $0.stateHash.value, $0.verdict)
        }
      }
      let cpu = Double(clock() - cpuBefore) / Double(CLOCKS_PER_SEC)
      let steps = summaries.reduce(0) { $0 + $1.steps }
      var hash = StateHash()
      for summary in summaries { hash.combine(summary.hash) }
      hashes.append(hash.value)
      let passed = summaries.count { $0.verdict == .pass }
      print(
        """
        emergency_braking, 10,000 variants, \(workers) worker\(workers == 1 ? "" : "s"): \(seconds(elapsed)) s, \
        \(cpu) s of CPU, \(steps) steps, \(Int(Double(steps) / cpu)) steps per CPU second, \(passed) passed, \
        hash \(hash.hexadecimal)
        """)
    }
    guard Set(hashes).count == 1 else { fatalError("the outcome depends on the number of workers") }
  }

  /// One scenario as a user runs it: trace and sensitivities included.
  private static func singleRun() throws {
    let scenario = try EmergencyBraking().prepare(["initial_speed": 60], from: ScenarioStart(VehicleCatalogue.all[0]))
    let wall = ContinuousClock()
    for includesOptimisation in [false, true] {
      var simulated = 0.0
      let runs = 200
      let elapsed = wall.measure {
        for seed in 0..<runs {
          let request = RunRequest(seed: UInt64(seed), includesOptimisation: includesOptimisation)
          simulated += scenario.run(request).simulatedSeconds
        }
      }
      print(
        """
        one emergency_braking from 60 km/h with trace\(includesOptimisation ? " and sensitivities" : ""): \
        \(seconds(elapsed) / Double(runs) * 1_000) ms, \(Int(simulated / seconds(elapsed))) times real time
        """)
    }
  }

  /// One vehicle's drive through the estimator, with all five predictions after each sample.
  private static func estimation() throws {
    guard let cycle = CycleLibrary.cycle(named: "udds") else { fatalError("UDDS ships with the suite") }
    let samples = Recording(driving: cycle).samples.enumerated().map { index, recorded in
      var sample = VehicleSample(sequence: UInt64(index + 1), nanoseconds: Int64(index) * 100_000_000)
      sample.local = .init(x: recorded.values.x ?? 0, y: 0)
      sample.speed = recorded.values.speed
      sample.acceleration = recorded.values.acceleration
      sample.heading = 0
      return sample
    }
    let wall = ContinuousClock()
    var vehicle = VirtualVehicle()
    var farthest = 0.0
    let elapsed = wall.measure {
      for sample in samples {
        _ = vehicle.ingest(sample)
        farthest = max(farthest, vehicle.predictions().last?.local.x ?? 0)
      }
    }
    print(
      """
      estimation, \(samples.count) samples with five predictions each: \
      \(Int(Double(samples.count) / seconds(elapsed))) samples/s, \(MemoryLayout<VirtualVehicle>.size) bytes a vehicle \
      (farthest prediction \(Int(farthest)) m)
      """)
  }

  private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
}
