import RPCErrors
import SimulationInput
import SimulationQueueing

/// A load balancer's health check as a bare model.
struct HealthCheckModel: BareModel {
  let name = "health_check"
  let meaning = "How soon active checks notice a failed backend, and how often they take out a healthy one."
  let equation = "detection uniform over (f - 1) s + d to f s + d, s the spacing of checks; flaps by runs of f failures"
  let source =
    "HAProxy configuration manual (inter, fall, timeout check); AWS Elastic Load Balancing, Health checks for your "
    + "target groups; Feller, An Introduction to Probability Theory, vol. 1 (1968), section XIII.7"
  let regime = "a failure at any phase of the interval; checks that fail independently"
  let assumptions = [
    "load is spread evenly over the backends", "mean_time_to_flap_s is null where healthy backends never fail a check",
  ]
  let inputs = [
    ModelInput("interval_s", .number(0.001...86_400), "Time between the starts of two checks."),
    ModelInput("timeout_s", .number(0.001...86_400), "Of one check."),
    ModelInput("threshold", .integer(1...HealthCheck.maxFall), "Failures in a row that take a backend out."),
    ModelInput("failure", .choice("hangs", "refuses"), usual: "hangs", "How a failed backend answers a check."),
    ModelInput("rate_per_s", .number(0...1e9), usual: 0, "Requests per second to all backends."),
    ModelInput("backends", .integer(1...1_000_000), usual: 1, "Backends."),
    ModelInput("false_failure_share", .share, usual: 0, "Probability that a check of a healthy backend fails."),
  ]
  let outputNames = [
    "detection_least_s", "detection_mean_s", "detection_most_s", "errors_per_failure", "mean_time_to_flap_s",
    "flap_probability_per_day",
  ]

  func evaluate(_ inputs: ModelInputs) throws -> [InputValue] {
    let check: HealthCheck
    do {
      check = try HealthCheck(
        interval: inputs["interval_s"], timeout: inputs["timeout_s"], fall: inputs.integer("threshold"))
    } catch {
      throw ServiceFault(error)
    }
    let failure: HealthCheck.Failure = inputs.text("failure") == "hangs" ? .hangs : .refuses
    let wrong = inputs["false_failure_share"]
    let range = check.detection(failure)
    // The recursion is cut after so many checks, and then no longer tells of a day.
    let isWithinReach = 86_400 / check.interval <= Double(HealthCheck.maxChecks)
    return [
      .number(range.lowerBound), .number(check.meanDetection(failure)), .number(range.upperBound),
      .number(
        check.errorsPerFailure(rate: inputs["rate_per_s"], backends: inputs.integer("backends"), failure)),
      .number(check.meanTimeToFlap(falseFailure: wrong)),
      isWithinReach ? .number(check.flapProbability(falseFailure: wrong, within: 86_400)) : .null,
    ]
  }
}
