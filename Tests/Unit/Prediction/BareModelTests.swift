import RPCErrors
import SimulationInput
import Testing

@testable import PredictionService

/// Asks a model as a caller would.
func ask(_ name: String, _ inputs: InputValue) throws -> InputValue {
  let model = try #require(BareModels.all.first { $0.name == name }, "no model \(name)")
  return .object(try model.answer(inputs))
}

extension InputValue {
  func number(_ name: String) -> Double? {
    if case .number(let number)? = self[name] { number } else { nil }
  }
}

func isNear(_ value: Double?, _ expected: Double, within share: Double = 1e-9) -> Bool {
  value.map { abs($0 - expected) <= share * max(abs(expected), 1e-300) } ?? false
}

@Suite("Bare models give numbers that others computed")
struct BareModelTests {
  @Test("mmc: Erlang's C by its sum")
  func mmc() throws {
    let answer = try ask("mmc", ["arrival_rate_per_s": 6.4, "service_rate_per_s": 1, "servers": 8])
    // From the sum over states, not by the recursion.
    #expect(isNear(answer.number("wait_probability"), 0.457_644_925_442, within: 1e-9))
    #expect(isNear(answer.number("mean_wait_s"), 0.286_028_078_401, within: 1e-9))
  }

  @Test("mgc: Pollaczek and Khinchine for constant services")
  func mgc() throws {
    let answer = try ask("mgc", ["arrival_rate_per_s": 0.8, "mean_service_s": 1, "servers": 1, "service_cv2": 0])
    #expect(isNear(answer.number("mean_wait_s"), 0.8 / (2 * 0.2)))
    #expect(isNear(answer.number("mean_response_s"), 3))
  }

  @Test("mva: a balanced network has X = N/(D(N + M - 1))")
  func mva() throws {
    let answer = try ask("mva", ["stations": [["demand_s": 1], ["demand_s": 1]], "population": 3])
    #expect(isNear(answer.number("throughput_per_s"), 0.75))
    #expect(isNear(answer.number("response_s"), 4))
    guard case .array(let queues)? = answer["queue_lengths"] else { throw Failure() }
    #expect(queues.count == 2)
    for case .number(let queue) in queues { #expect(isNear(queue, 1.5)) }
  }

  @Test("usl: finds the parameters that made the points")
  func usl() throws {
    func law(_ n: Double) -> Double { 100 * n / (1 + 0.05 * (n - 1) + 0.001 * n * (n - 1)) }
    let points = [1, 4, 8, 16, 24].map { load in
      InputValue.object([.init("load", .number(load)), .init("throughput_per_s", .number(law(load)))])
    }
    let answer = try ask("usl", ["points": .array(points), "load": 40])
    #expect(isNear(answer.number("alpha"), 0.05, within: 1e-6))
    #expect(isNear(answer.number("beta"), 0.001, within: 1e-6))
    #expect(isNear(answer.number("throughput_per_s"), law(40), within: 1e-6))
    #expect(isNear(answer.number("peak_load"), (0.95 / 0.001).squareRoot(), within: 1e-5))
  }

  @Test("buffer_cache: with equal popularity a quarter of the pages gives a quarter of the hits")
  func bufferCache() throws {
    for replacement in ["lru", "clock_sweep"] {
      let answer = try ask(
        "buffer_cache",
        [
          "cache_pages": 1_000, "replacement": .string(replacement), "classes": [["pages": 4_000, "rate": 1]],
        ])
      #expect(isNear(answer.number("hit_ratio"), 0.25, within: 1e-6), "\(replacement)")
    }
    let all = try ask("buffer_cache", ["cache_pages": 1_000, "classes": [["pages": 10, "rate": 1]]])
    #expect(all.number("hit_ratio") == 1)
    #expect(all["characteristic_time"] == .null)
  }

  @Test("availability: two of three, each down a tenth of the time")
  func availability() throws {
    let answer = try ask("availability", ["instances": [3], "required": 2, "instance_unavailability": 0.1])
    #expect(isNear(answer.number("unavailability"), 0.028))
    #expect(isNear(answer.number("downtime_h_per_year"), 0.028 * 8_760))
  }

  @Test("autoscaling: overloaded until the pods of the first decision are there")
  func autoscaling() throws {
    let answer = try ask(
      "autoscaling",
      [
        "replicas": 4, "max_replicas": 20, "target_utilisation": 0.5, "load_pods": 2, "load_factor": 3,
        "pod_start_s": 30,
      ])
    #expect(isNear(answer.number("peak_utilisation"), 1.5))
    // Decided at 15 s, ready at 45 s; until then 2 pods' work a second more than 4 pods do.
    #expect(answer.number("overloaded_s") == 45)
    #expect(isNear(answer.number("longest_wait_s"), 22.5))
    #expect(answer.number("final_replicas") == 12)
  }

  @Test("retry_storm: M/M/1 by hand")
  func retryStorm() throws {
    let answer = try ask(
      "retry_storm",
      [
        "rate_per_s": 5, "servers": 1, "mean_service_s": 0.1, "timeout_s": 2, "max_attempts": 3,
        "trigger_capacity_share": 0,
      ])
    #expect(answer["state"] == "vulnerable")
    #expect(isNear(answer.number("hidden_capacity_per_s"), 10 / 3.0))
    #expect(isNear(answer.number("sufficient_trigger_s"), 5.8))
    // p = exp(-(mu - lambda) t), and the retries add a trifle.
    #expect(isNear(answer.number("amplification"), 1 + 4.54e-5, within: 1e-6))
  }

  @Test("health_check: HAProxy's inter 5 s, fall 3, and a check that times out after 2 s")
  func healthCheck() throws {
    let answer = try ask(
      "health_check",
      ["interval_s": 5, "timeout_s": 2, "threshold": 3, "rate_per_s": 100, "backends": 10, "false_failure_share": 0.1])
    #expect(answer.number("detection_least_s") == 12)
    #expect(answer.number("detection_most_s") == 17)
    #expect(isNear(answer.number("errors_per_failure"), 145))
    // Feller: (1 - p^3)/((1 - p)p^3) = 1110 checks.
    #expect(isNear(answer.number("mean_time_to_flap_s"), 5_550))
  }

  @Test("postgresql_memory: shared_memory_size of 15 with its defaults is 143 MB")
  func postgresMemory() throws {
    let answer = try ask(
      "postgresql_memory", ["postgres_major": 15, "backends": 20, "active_backends": 5, "ram_bytes": 1e9])
    #expect(isNear(answer.number("shared_bytes"), 143 * 1_048_576, within: 0.02))
    let (most, use) = try (#require(answer.number("expected_most_bytes")), #require(answer.number("expected_use")))
    #expect(isNear(use, most / 1e9))
  }

  @Test("wraparound: writes stop 3,000,000 ids before 2^31 - 1")
  func wraparound() throws {
    let answer = try ask("wraparound", ["postgres_major": 16, "age": 1e9, "ids_per_s": 1_000])
    #expect(isNear(answer.number("stop_s"), 1_144_483.647))
    #expect(answer.number("forced_vacuum_s") == 0)
    #expect(answer["freezes_in_time"] == .null)
  }

  @Test("dns_ttl: the renewal cycle of a cache")
  func dnsTTL() throws {
    let answer = try ask("dns_ttl", ["query_rate_per_s": 0.1, "ttl_s": 300, "elapsed_s": 300, "caches": 31])
    #expect(isNear(answer.number("hit_ratio"), 30.0 / 31))
    #expect(isNear(answer.number("authoritative_rate_per_s"), 0.1))
    #expect(answer.number("moved_share") == 1)
  }

  @Test("nat_ports: 5 Erlang on 10 ports lose 1.84 %, as Erlang's table says")
  func natPorts() throws {
    let answer = try ask("nat_ports", ["ports_per_address": 10, "hold_time_s": 0, "rate_per_s": 1, "duration_s": 5])
    #expect(isNear(answer.number("refused_share"), 0.018385, within: 1e-4))
    #expect(answer.number("maximum_rate_per_s") == 2)
  }

  @Test("path_mtu: VXLAN behind a filter swallows full segments")
  func pathMTU() throws {
    let filtered = try ask(
      "path_mtu", ["hops": [["encapsulations": ["vxlan"], "reports_reach_sender": false]]])
    #expect(filtered["outcome"] == "black_hole")
    #expect(filtered.number("path_mtu_bytes") == 1_450)
    #expect(filtered.number("segment_bytes") == 1_410)
    let clamped = try ask(
      "path_mtu",
      ["segment_clamp_bytes": 1_410, "hops": [["encapsulations": ["vxlan"], "reports_reach_sender": false]]])
    #expect(clamped["outcome"] == "fits")
  }

  @Test("cost: ten m5.large for a month are 700.80 USD")
  func cost() throws {
    let answer = try ask("cost", ["instance_type": "m5.large", "instances": 10, "hours": 730])
    #expect(answer.number("cost_usd") == 700.80)
    #expect(try ask("cost", ["instance_type": "m5.large", "instances": 10]) == answer)
  }

  struct Failure: Error {}
}
