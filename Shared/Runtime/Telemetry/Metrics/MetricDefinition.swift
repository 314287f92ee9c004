/// One metric: its name, meaning, kind and labels. Each is declared once as a constant.
public struct MetricDefinition: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// Only goes up.
    case counter
    /// Goes up and down.
    case gauge
    case histogram(Buckets)

    var word: String {
      switch self {
      case .counter: "counter"
      case .gauge: "gauge"
      case .histogram: "histogram"
      }
    }
  }

  /// snake_case with the base unit last, and `_total` for a counter: `twin_rpc_server_duration_seconds`.
  public let name: String
  public let help: String
  public let kind: Kind
  /// Label names. Identifiers (of twins, requests, ...) belong in logs, never here.
  public let labels: [String]
  /// The most combinations of label values that are kept apart.
  public let maximumSeries: Int

  /// Room for every method of a service times every status; beyond it somebody put an identifier into a label.
  public static let defaultMaximumSeries = 1000

  private init(_ name: String, _ kind: Kind, _ help: String, labels: [String], maximumSeries: Int) {
    precondition(MetricText.isLegal(name: name), "\(name) is not a legal name of a metric")
    precondition(labels.allSatisfy(MetricText.isLegal(label:)), "\(name) has a label with an illegal name")
    self.name = name
    self.kind = kind
    self.help = help
    self.labels = labels
    self.maximumSeries = maximumSeries
  }

  public static func counter(
    _ name: String, _ help: String, labels: [String] = [], maximumSeries: Int = defaultMaximumSeries
  ) -> MetricDefinition {
    precondition(name.hasSuffix("_total"), "the name of a counter ends in _total: \(name)")
    return MetricDefinition(name, .counter, help, labels: labels, maximumSeries: maximumSeries)
  }

  public static func gauge(
    _ name: String, _ help: String, labels: [String] = [], maximumSeries: Int = defaultMaximumSeries
  ) -> MetricDefinition {
    MetricDefinition(name, .gauge, help, labels: labels, maximumSeries: maximumSeries)
  }

  public static func histogram(
    _ name: String, _ help: String, labels: [String] = [], buckets: Buckets = .latencySeconds,
    maximumSeries: Int = defaultMaximumSeries
  ) -> MetricDefinition {
    MetricDefinition(name, .histogram(buckets), help, labels: labels, maximumSeries: maximumSeries)
  }
}

/// The upper bounds of a histogram's buckets, in the base unit of its metric; the last one, +Inf, is implied.
public struct Buckets: Sendable, Hashable {
  /// More buckets cost memory in every series.
  public static let maximumCount = 24

  /// Rising, finite, 1 to 24 of them.
  public let upperBounds: [Double]

  public init(_ upperBounds: [Double]) {
    precondition((1...Self.maximumCount).contains(upperBounds.count), "a histogram has 1 to 24 buckets")
    precondition(
      upperBounds.allSatisfy(\.isFinite) && zip(upperBounds, upperBounds.dropFirst()).allSatisfy { $0 < $1 },
      "the bounds of buckets rise")
    self.upperBounds = upperBounds
  }

  /// `count` bounds, each `factor` times the one before.
  public static func exponential(from first: Double, factor: Double, count: Int) -> Buckets {
    var bounds: [Double] = []
    var bound = first
    for _ in 0..<count {
      bounds.append(bound)
      bound *= factor
    }
    return Buckets(bounds)
  }

  /// From 100 µs, below which no call over a socket gets, to 10 s, about three per decade.
  public static let latencySeconds = Buckets([
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ])

  /// Counts of things, such as rows in a batch: powers of four from 1 to 65,536.
  public static let counts = Buckets.exponential(from: 1, factor: 4, count: 9)
}
