import RPCCore
import RPCErrors
import SimulationQueueing
import TwinProto

extension ServiceFault {
  /// A model that doesn't hold for the inputs, and so has no number to give.
  static func notExtrapolable(_ message: String, facts: [String: String] = [:]) -> ServiceFault {
    ServiceFault(.failedPrecondition, .notExtrapolable, message, facts: facts)
  }

  /// A queueing model's refusal.
  ///
  /// - Parameter names: the inputs' names, by the model's, where they differ.
  init(_ refusal: QueueingRefusal, _ names: [String: String] = [:]) {
    func field(_ name: String) -> String { "inputs.\(names[name] ?? name)" }
    switch refusal {
    case .outOfRange(let name): self = .invalid(field(name), "is out of range")
    case .tooLarge(let name, let limit): self = .invalid(field(name), "must be at most \(limit)")
    case .unstable(let load):
      self = .notExtrapolable(
        "the offered load of \(load) Erlang reaches the number of servers: the queue grows without end and has no "
          + "steady state to predict", facts: ["offered_load": "\(load)"])
    case .outsideRegime(.variability(let value)):
      self = .notExtrapolable(
        "a squared coefficient of variation of \(value) is more than two moments can describe",
        facts: ["cv2": "\(value)"])
    case .outsideRegime(.multipleServers):
      self = .notExtrapolable("the formula holds for single servers only")
    case .outsideRegime(.inconsistentMeasurement):
      self = .notExtrapolable("the measurement contradicts the model: more work was done than its demands allow")
    case .notExtrapolable(.superlinear):
      self = .notExtrapolable(
        "throughput per client rises with load in these points, which the law can't describe",
        facts: ["cause": "superlinear"])
    case .notExtrapolable(.tooFar(let highest)):
      self = .notExtrapolable(
        "the load lies too far above the highest measured one of \(highest)",
        facts: ["highest_measured": "\(highest)"])
    case .notExtrapolable(.tooFewPoints(let needed)):
      self = .notExtrapolable(
        "a fit needs points at \(needed) different loads at least", facts: ["needed": "\(needed)"])
    }
  }
}
