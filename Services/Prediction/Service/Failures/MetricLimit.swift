import SimulationDatabases
import SimulationSeries
import TwinProto

/// What a metric runs into, where that is known.
struct MetricLimit: Sendable, Equatable {
  /// Issue code of the failure.
  var code: String
  /// In the metric's unit.
  var bound: Double
  /// Whether the metric falls to the bound instead of rising to it.
  var isFalling = false
  /// Whether reaching it stops what runs, and doesn't only slow it down.
  var isOutage = true
  /// What the bound is, for people.
  var meaning: String

  private static let gigabyte = 1_073_741_824.0
  /// A processor as busy as this on average over minutes is saturated at moments: work waits instead of being done. The
  /// calibration of twin-engine draws the line there too.
  private static let saturation = 0.95
  /// superuser_reserved_connections by default (PostgreSQL 18 documentation, 19.3.1).
  private static let reservedConnections = 3.0

  /// - Parameters:
  ///   - labels: of the series.
  ///   - state: what is known of its target.
  /// - Returns: nil where no limit is known.
  static func of(_ metric: String, labels: [String: String], state: [String: ProtoValue]) -> MetricLimit? {
    func known(_ key: String) -> Double? {
      if case .numberValue(let number)? = state[key]?.kind, number.isFinite, number > 0 { number } else { nil }
    }
    /// Of one pod its container's limit; of anything else the host's.
    func most(_ pod: String, _ host: String) -> (key: String, value: Double)? {
      let key = labels["pod"] == nil ? host : pod
      return known(key).map { (key, $0) }
    }
    switch metric {
    case "disk_free_gb":
      return MetricLimit(code: "DISK_FULL", bound: 0, isFalling: true, meaning: "nothing is free")
    case "disk_used_percent": return MetricLimit(code: "DISK_FULL", bound: 100, meaning: "all is used")
    case "disk_used_bytes":
      // The state's size is that of one disk, and says nothing of mount points.
      guard labels["mountpoint"] == nil else { return nil }
      return known("size_gb").map { MetricLimit(code: "DISK_FULL", bound: $0 * gigabyte, meaning: "size_gb") }
    case "db_size_gb", "db_size_bytes":
      guard let size = known("db_size_gb"), let free = known("disk_free_gb") else { return nil }
      let unit = metric == "db_size_gb" ? 1 : gigabyte
      return MetricLimit(code: "DISK_FULL", bound: (size + free) * unit, meaning: "db_size_gb + disk_free_gb")
    case "memory_used_bytes":
      return most("container_memory_limit_gb", "ram_gb")
        .map { MetricLimit(code: "OOM_RISK", bound: $0.value * gigabyte, meaning: $0.key) }
    case "cpu_utilization_share":
      return MetricLimit(code: "SATURATION", bound: saturation, isOutage: false, meaning: "work waits")
    case "cpu_used_cores":
      guard labels["pod"] == nil, let cores = known("cores") else { return nil }
      return MetricLimit(
        code: "SATURATION", bound: saturation * cores, isOutage: false, meaning: "\(saturation) of the cores")
    case "backends", "connections":
      guard let most = known("max_connections") else { return nil }
      let reserved = known("superuser_reserved_connections") ?? reservedConnections
      guard most > reserved else { return nil }
      return MetricLimit(
        code: "CONNECTION_EXHAUSTION", bound: most - reserved,
        meaning: "max_connections less \(Int(reserved)) that are reserved")
    case "xid_age":
      let wraparound = Wraparound(freezeMaxAge: known("autovacuum_freeze_max_age") ?? 200e6, major: nil)
      return MetricLimit(
        code: "XID_WRAPAROUND", bound: wraparound.stopAge, meaning: "the server takes no more writes")
    default: return nil
    }
  }
}

/// How a metric's past is looked at.
enum MetricPast {
  /// What only ever counts up tells nothing by itself.
  static func isCounter(_ metric: String) -> Bool { metric.hasSuffix("_total") }

  /// What fills up moves its mean all the time, which is no news.
  static func fillsUp(_ metric: String) -> Bool {
    ["_bytes", "_gb", "_percent", "_age"].contains { metric.hasSuffix($0) }
  }

  /// What people and schedules cause rises and falls with the day.
  static func isLoad(_ metric: String) -> Bool {
    ["_per_s", "_share", "_cores", "backends", "connections"].contains { metric.hasSuffix($0) }
  }
}
