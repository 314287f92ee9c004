import RPCErrors
import SimulationInput
import SimulationQueueing

/// Metastable overload by retries as a bare model.
struct RetryStormModel: BareModel {
  let name = "retry_storm"
  let meaning = "Whether retries can keep a tier overloaded after what overloaded it has gone."
  let equation = "x = lambda (1 + p + ... + p^(m-1)), p = p(x) the share that times out; stuck where lambda m >= c mu"
  let source =
    "Bronson et al., Metastable Failures in Distributed Systems, HotOS 2021; Huang et al., Metastable Failures in the "
    + "Wild, OSDI 2022"
  let regime = "one queue without a limit, first come first served, service_cv2 up to 16"
  let assumptions = [
    "callers retry at once and don't cancel what they gave up",
    "calm_attempts_per_s and amplification are null where no calm state exists",
    "sufficient_trigger_s is null where no trigger of that size leaves the tier stuck; a shorter one may do",
  ]
  let inputs = [
    ModelInput("rate_per_s", .number(1e-9...1e9), "Requests per second, first attempts only."),
    ModelInput("servers", .integer(1...10_000), "Servers."),
    ModelInput("mean_service_s", .number(1e-9...1e6), "Mean service time of an attempt."),
    ModelInput("service_cv2", .notNegative, usual: 1, "Squared coefficient of variation of the service times."),
    ModelInput("timeout_s", .number(1e-9...1e6), "How long a caller waits for one attempt."),
    ModelInput("max_attempts", .integer(1...100), "Attempts of a request, the first included."),
    ModelInput("trigger_capacity_share", .share, usual: 1, "Capacity that is left during the trigger."),
    ModelInput("trigger_load_factor", .number(0...1_000), usual: 1, "Load during the trigger over the load."),
  ]
  let outputNames = [
    "state", "capacity_per_s", "hidden_capacity_per_s", "calm_attempts_per_s", "amplification", "sufficient_trigger_s",
  ]

  func evaluate(_ inputs: ModelInputs) throws -> [InputValue] {
    guard inputs["service_cv2"] <= DurationLaw.maxVariability else {
      throw ServiceFault(.outsideRegime(.variability(inputs["service_cv2"])))
    }
    do {
      let storm = try RetryStorm(
        rate: inputs["rate_per_s"], servers: inputs.integer("servers"),
        service: try DurationLaw(mean: inputs["mean_service_s"], variability: inputs["service_cv2"]),
        timeout: inputs["timeout_s"], maxAttempts: inputs.integer("max_attempts"))
      let state =
        switch storm.state {
        case .stable: "stable"
        case .vulnerable: "vulnerable"
        case .overloaded: "overloaded"
        }
      let trigger = storm.sufficientTrigger(
        capacityShare: inputs["trigger_capacity_share"], loadFactor: inputs["trigger_load_factor"])
      return [
        .string(state), .number(storm.capacity), .number(storm.hiddenCapacity), InputValue(storm.calmAttemptRate),
        InputValue(storm.amplification), InputValue(trigger),
      ]
    } catch {
      throw ServiceFault(error, ["mean_s": "mean_service_s", "cv2": "service_cv2"])
    }
  }
}
