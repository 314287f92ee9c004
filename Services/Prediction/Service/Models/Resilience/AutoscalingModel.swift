import RPCErrors
import SimulationInput
import SimulationQueueing

/// An autoscaler against a ramp of load as a bare model.
struct AutoscalingModel: BareModel {
  let name = "autoscaling"
  let meaning = "What a tier under Kubernetes' HorizontalPodAutoscaler goes through while load rises."
  let equation = "desired = ceil(ready utilisation / target) each sync period; pods serve pod_start_s later"
  let source = "Kubernetes documentation, Horizontal Pod Autoscaling (algorithm details, autoscaling/v2 defaults)"
  let regime = "ramp and settling of 7200 s together; load as a fluid"
  let assumptions = [
    "all pods are alike and share the load evenly", "scaling policies are those of autoscaling/v2 by default",
  ]
  let inputs = [
    ModelInput("replicas", .integer(1...100_000), "Pods that take requests at the start."),
    ModelInput("min_replicas", .integer(1...100_000), usual: 1, "Fewest pods."),
    ModelInput("max_replicas", .integer(1...100_000), "Most pods."),
    ModelInput("target_utilisation", .number(0.01...1), "Share of a pod that is to be used, such as 0.7."),
    ModelInput("load_pods", .number(0...1e6), "Load before, in pods that it keeps fully busy."),
    ModelInput("load_factor", .number(0.001...1_000), "Load after over load before."),
    ModelInput("ramp_s", .number(0...ScalingRamp.maxSeconds), usual: 0, "How long the load takes to rise."),
    ModelInput("settle_s", .number(0...ScalingRamp.maxSeconds), usual: 900, "How long it is followed afterwards."),
    ModelInput("pod_start_s", .number(0...3_600), "From the decision until a pod takes requests."),
    ModelInput("tolerance", .number(0...0.99), usual: 0.1, "Deviation from the target that is left alone."),
    ModelInput("sync_period_s", .number(1...3_600), usual: 15, "Time between two decisions."),
    ModelInput("down_stabilisation_s", .number(0...3_600), usual: 300, "How long a lower need must last."),
  ]
  let outputNames = ["peak_utilisation", "peak_time_s", "overloaded_s", "longest_wait_s", "final_replicas"]

  func evaluate(_ inputs: ModelInputs) throws -> [InputValue] {
    guard inputs["ramp_s"] + inputs["settle_s"] <= ScalingRamp.maxSeconds else {
      throw ServiceFault.invalid(
        ["ramp_s", "settle_s"].map {
          .init("inputs.\($0)", "both together must be at most \(Int(ScalingRamp.maxSeconds)) s")
        })
    }
    do {
      let policy = try HorizontalAutoscaler.Policy(
        minReplicas: inputs.integer("min_replicas"), maxReplicas: inputs.integer("max_replicas"),
        targetUtilisation: inputs["target_utilisation"], podStart: inputs["pod_start_s"],
        tolerance: inputs["tolerance"], syncPeriod: inputs["sync_period_s"],
        downStabilisation: inputs["down_stabilisation_s"])
      let ramp = try ScalingRamp(
        policy, replicas: inputs.integer("replicas"), load: inputs["load_pods"], factor: inputs["load_factor"],
        ramp: inputs["ramp_s"], settle: inputs["settle_s"])
      return [
        .number(ramp.peakUtilisation), .number(ramp.peakTime), .number(ramp.overloadedSeconds),
        .number(ramp.longestWait), InputValue(ramp.finalReplicas),
      ]
    } catch {
      throw ServiceFault(error, ["load": "load_pods", "ramp_x": "load_factor", "ramp_seconds": "ramp_s"])
    }
  }
}
