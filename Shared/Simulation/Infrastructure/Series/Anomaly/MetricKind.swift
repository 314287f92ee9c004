/// What a metric measures, which says when it is worse and how finely it can be read.
public enum MetricKind: Sendable, Hashable {
  /// A latency or another time that is worse when longer; read no finer than 5 % of its usual value.
  case duration
  /// A percentage such as availability that is worse when lower; read no finer than a quarter of a point.
  case healthPercentage
  /// A percentage such as CPU utilisation that is worse when higher; read no finer than a point.
  case utilisationPercentage
  /// A number of errors in a step that is worse when higher; its spread is at least that of a Poisson count.
  case failureCount

  /// The least standard deviation that is believed around a usual value.
  func leastSpread(around usual: Double) -> Double {
    switch self {
    case .duration: max(0.05 * abs(usual), 1e-12)
    case .healthPercentage: 0.25
    case .utilisationPercentage: 1
    case .failureCount: max(abs(usual), 1).squareRoot()
    }
  }

  /// +1 where a higher value is worse, −1 where a lower one is.
  var direction: Double { self == .healthPercentage ? -1 : 1 }
}
