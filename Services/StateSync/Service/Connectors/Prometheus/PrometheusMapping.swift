import FleetCore
import RuntimeSystem
import Yams

/// How series of a Prometheus become metrics and state of targets.
///
/// A mapping is YAML or JSON: a list `rules`. `$step` in a query stands for the step of the range query, so that
/// windows of rates don't overlap.
struct PrometheusMapping: Sendable, Decodable {
  struct Rule: Sendable, Decodable, Hashable {
    /// PromQL.
    var query: String
    /// Name of the metric, with the unit last.
    var metric: String
    /// Labels whose value names the target: the first one that a series has.
    var targetLabels: [String]?
    /// Name of the target when no label tells it; the source's `target` goes before both.
    var target: String?
    /// Kind of the target.
    var kind: String
    /// Whether a target's name is cut at its port, such as "web-1:9100".
    var cutsPort: Bool?
    /// Labels that tell series of one target apart.
    var labels: [String]?
    /// Key of the target's state that the newest value goes to.
    var stateKey: String?
    /// What values are multiplied by.
    var scale: Double?

    private enum CodingKeys: String, CodingKey {
      case query, metric, target, kind, labels, scale
      case targetLabels = "target_labels"
      case cutsPort = "cuts_port"
      case stateKey = "state_key"
    }
  }

  var rules: [Rule]

  /// The mappings that come with the service, by the name of the exporter.
  static let ready: [String: String] = [
    "node_exporter": text(PackageResources.node_exporter_yaml),
    "postgres_exporter": text(PackageResources.postgres_exporter_yaml),
    "nginx": text(PackageResources.nginx_yaml),
    "kube_state_metrics": text(PackageResources.kube_state_metrics_yaml),
  ]

  static let maximumRules = 200

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// - Throws: `SourceFailure` that says what is wrong.
  init(yaml: String) throws {
    do {
      self = try YAMLDecoder().decode(Self.self, from: yaml)
    } catch {
      throw SourceFailure("the mapping can't be read: \(error)")
    }
    guard !rules.isEmpty, rules.count <= Self.maximumRules else {
      throw SourceFailure("a mapping has 1 to \(Self.maximumRules) rules")
    }
    for rule in rules where rule.query.isEmpty || rule.metric.isEmpty {
      throw SourceFailure("a rule of a mapping needs a query and a metric")
    }
  }
}
