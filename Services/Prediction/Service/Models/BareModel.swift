import RPCErrors
import SimulationInput

/// A model that can be asked with its inputs alone, so that anyone can check a number.
protocol BareModel: Sendable {
  var name: String { get }
  /// Changes whenever the same inputs may give another answer.
  var version: String { get }
  /// What it predicts, in a sentence.
  var meaning: String { get }
  var inputs: [ModelInput] { get }
  /// Names of the outputs, in their order.
  var outputNames: [String] { get }
  var equation: String { get }
  var source: String { get }
  /// Where its answers hold.
  var regime: String { get }
  var assumptions: [String] { get }

  /// The outputs in the order of their names; null for what is infinite or doesn't exist, which `assumptions` explain.
  ///
  /// - Throws: `ServiceFault` naming the field at fault, or `NOT_EXTRAPOLABLE` where the model doesn't hold.
  func evaluate(_ inputs: ModelInputs) throws -> [InputValue]
}

extension BareModel {
  var version: String { "1" }

  /// Checks the inputs and evaluates.
  ///
  /// - Throws: `ServiceFault`.
  func answer(_ given: InputValue) throws -> [InputValue.Member] {
    let values = try evaluate(ModelInputs(given, of: inputs, path: "inputs."))
    precondition(values.count == outputNames.count, "\(name) names as many outputs as it gives")
    return zip(outputNames, values).map { InputValue.Member($0, $1.finite) }
  }
}

extension InputValue {
  /// JSON has no number for what is infinite.
  fileprivate var finite: InputValue {
    if case .number(let number) = self, !number.isFinite { .null } else { self }
  }

  init(_ number: Double?) { self = number.map { .number($0) } ?? .null }
  init(_ number: Int) { self = .number(Double(number)) }
}

/// The models that can be asked, ordered by name.
enum BareModels {
  static let all: [any BareModel] = [
    AutoscalingModel(), AvailabilityModel(), BufferCacheModel(), ClosedNetworkModel(), CostModel(), HealthCheckModel(),
    MGCModel(), MMCModel(), PathMTUModel(), PostgresMemoryModel(), ResolverCacheModel(), RetryStormModel(),
    ScalabilityModel(), SourcePortsModel(), WraparoundModel(),
  ].sorted { $0.name < $1.name }
}
