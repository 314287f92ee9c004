import RPCCore
import RPCErrors
import SimulationInput
import Testing

@testable import PredictionService

@Suite("Bare models refuse what they can't tell")
struct BareModelRefusalTests {
  struct Wrong: Sendable, CustomTestStringConvertible {
    var model: String
    var inputs: InputValue
    var fields: [String]
    var testDescription: String { "\(model): \(fields.joined(separator: ", "))" }

    init(_ model: String, _ inputs: InputValue, _ fields: String...) {
      (self.model, self.inputs, self.fields) = (model, inputs, fields.map { "inputs.\($0)" })
    }
  }

  private func fault(_ model: String, _ inputs: InputValue) -> ServiceFault? {
    do {
      _ = try ask(model, inputs)
      return nil
    } catch { return error as? ServiceFault }
  }

  @Test(
    "every wrong input is named",
    arguments: [
      Wrong("mmc", ["servers": 0, "speed": 1], "speed", "arrival_rate_per_s", "service_rate_per_s", "servers"),
      Wrong(
        "mgc", ["arrival_rate_per_s": "fast", "mean_service_s": 1, "servers": 1.5], "arrival_rate_per_s", "servers"),
      Wrong("mva", ["stations": [["demand_s": 1], ["servers": 2]], "population": 1], "stations[1].demand_s"),
      Wrong("mva", ["stations": [["demand_s": 0]], "population": 1], "stations"),
      Wrong("mva", ["stations": ["cpu"], "population": 1], "stations[0]"),
      Wrong("mva", ["stations": [], "population": 1], "stations"),
      Wrong(
        "mva", ["stations": .array(Array(repeating: ["demand_s": 1], count: 64)), "population": 20_000], "population"),
      Wrong("usl", ["points": [["load": 0, "throughput_per_s": 1]]], "points[0].load", "load"),
      Wrong(
        "buffer_cache", ["cache_pages": 10, "replacement": "random", "classes": [["pages": 1]]],
        "replacement", "classes[0].rate"),
      Wrong(
        "availability", ["instances": [1, -1], "required": 1, "instance_unavailability": 2],
        "instances[1]", "instance_unavailability"),
      Wrong(
        "availability", ["instances": [9_000, 9_000], "required": 1, "instance_unavailability": 0.1], "instances"),
      Wrong(
        "autoscaling",
        [
          "replicas": 1, "min_replicas": 5, "max_replicas": 4, "target_utilisation": 0.5, "load_pods": 1,
          "load_factor": 1, "pod_start_s": 1,
        ], "max_replicas"),
      Wrong(
        "autoscaling",
        [
          "replicas": 1, "max_replicas": 4, "target_utilisation": 0.5, "load_pods": 1, "load_factor": 1,
          "pod_start_s": 1, "ramp_s": 7_000, "settle_s": 7_000,
        ], "ramp_s", "settle_s"),
      Wrong(
        "retry_storm", ["rate_per_s": 1, "servers": 1, "mean_service_s": 1, "timeout_s": 1, "max_attempts": 0],
        "max_attempts"),
      Wrong("health_check", ["interval_s": 1, "timeout_s": 1, "threshold": 3, "failure": "sulks"], "failure"),
      Wrong(
        "postgresql_memory", ["postgres_major": 15, "backends": 101, "active_backends": 102],
        "backends", "active_backends"),
      Wrong("wraparound", ["freeze_max_age": 20_000, "age": 1, "ids_per_s": 1], "freeze_max_age"),
      Wrong("dns_ttl", ["query_rate_per_s": 0, "ttl_s": 3e9], "query_rate_per_s", "ttl_s"),
      Wrong("nat_ports", ["addresses": 0, "rate_per_s": 1, "duration_s": 1], "addresses"),
      Wrong("path_mtu", ["ip_version": "6", "interface_mtu_bytes": 1_000, "hops": []], "interface_mtu_bytes"),
      Wrong("path_mtu", ["hops": [[:], ["link_mtu_bytes": 90, "encapsulations": ["vxlan"]]]], "hops[1]"),
      Wrong("path_mtu", ["hops": [["encapsulations": ["string"]]]], "hops[0].encapsulations[0]"),
      Wrong("cost", ["instance_type": "m5.enormous", "instances": 1], "instance_type"),
      Wrong("cost", ["instance_type": 5, "instances": -1], "instance_type", "instances"),
    ])
  func namesTheField(_ wrong: Wrong) {
    let fault = fault(wrong.model, wrong.inputs)
    #expect(fault?.code == .invalidArgument)
    #expect(fault?.violations.map(\.field) == wrong.fields, "\(fault?.message ?? "no fault")")
  }

  @Test(
    "outside of its regime a model has no number",
    arguments: [
      Wrong("mmc", ["arrival_rate_per_s": 8, "service_rate_per_s": 1, "servers": 8]),
      Wrong("mgc", ["arrival_rate_per_s": 2, "mean_service_s": 1, "servers": 1]),
      Wrong("mgc", ["arrival_rate_per_s": 0.5, "mean_service_s": 1, "servers": 1, "arrival_cv2": 5]),
      Wrong("mgc", ["arrival_rate_per_s": 0.5, "mean_service_s": 1, "servers": 1, "service_cv2": 1_000]),
      Wrong("usl", ["points": [["load": 1, "throughput_per_s": 1]], "load": 1]),
      Wrong("usl", ["points": BareModelRefusalTests.points { $0 }, "load": 33]),
      Wrong("usl", ["points": BareModelRefusalTests.points { $0 * $0 }, "load": 16]),
      Wrong(
        "retry_storm",
        ["rate_per_s": 1, "servers": 2, "mean_service_s": 1, "service_cv2": 20, "timeout_s": 1, "max_attempts": 2]),
    ])
  func refuses(_ wrong: Wrong) {
    let fault = fault(wrong.model, wrong.inputs)
    #expect(fault?.code == .failedPrecondition)
    #expect(fault?.reason == "NOT_EXTRAPOLABLE", "\(fault?.message ?? "no fault")")
  }

  static func points(_ throughput: (Double) -> Double) -> InputValue {
    .array([1, 2, 4, 8, 16].map { ["load": .number($0), "throughput_per_s": .number(throughput($0))] })
  }

  @Test("models are listed by name, each with all that tells what it is")
  func catalogue() {
    let names = BareModels.all.map(\.name)
    #expect(
      names == [
        "autoscaling", "availability", "buffer_cache", "cost", "dns_ttl", "health_check", "mgc", "mmc", "mva",
        "nat_ports", "path_mtu", "postgresql_memory", "retry_storm", "usl", "wraparound",
      ])
    for model in BareModels.all {
      #expect(!model.equation.isEmpty && !model.source.isEmpty && !model.regime.isEmpty && !model.assumptions.isEmpty)
      #expect(Set(model.outputNames).count == model.outputNames.count, "\(model.name)")
    }
  }
}
