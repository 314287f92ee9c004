/// A value found by a fit and how well it is known.
public struct Estimate: Sendable, Hashable {
  /// In the unit of the parameter.
  public var value: Double
  /// Its standard deviation, in the same unit; 0 for a choice, which has none.
  public var std: Double

  public init(value: Double, std: Double) {
    self.value = value
    self.std = std
  }
}

/// What a fit found: parameters with their uncertainty, and how far the model is from the data that it was fitted to and
/// from the data that it never saw.
public struct ParameterFit: Sendable, Hashable {
  /// How it was fitted, such as "differential evolution + Nelder-Mead on the gap".
  public var method: String
  /// By parameter name, SI units.
  public var parameters: [String: Estimate]
  /// Error on the fitted part, by metric such as `gap_rmse_m`.
  public var fit: [String: Double]
  /// The same metrics on the held-back part; empty when nothing was held back.
  public var holdout: [String: Double]
  /// Rows that were fitted.
  public var sampleCount: Int
  /// Rows that were held back.
  public var holdoutCount: Int
  /// Parameters that this data can't tell, by name, with the reason. They aren't among `parameters`.
  public var omitted: [String: String]
  /// What a reader must know to judge the figures.
  public var notes: [String]

  public init(
    method: String, parameters: [String: Estimate] = [:], fit: [String: Double] = [:], holdout: [String: Double] = [:],
    sampleCount: Int = 0, holdoutCount: Int = 0, omitted: [String: String] = [:], notes: [String] = []
  ) {
    self.method = method
    self.parameters = parameters
    self.fit = fit
    self.holdout = holdout
    self.sampleCount = sampleCount
    self.holdoutCount = holdoutCount
    self.omitted = omitted
    self.notes = notes
  }
}

/// Why nothing can be fitted to some data.
public struct FitRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// The field of the request at fault, such as `samples`, `samples[12].t_s` or `observations`.
  public var field: String
  /// What is missing or wrong, as a clause without a full stop.
  public var reason: String

  public init(field: String, reason: String) {
    self.field = field
    self.reason = reason
  }

  /// A fit that was told to end early.
  public static let stopped = FitRefusal(field: "", reason: "the fit was stopped")

  public var description: String { "\(field): \(reason)" }
}
