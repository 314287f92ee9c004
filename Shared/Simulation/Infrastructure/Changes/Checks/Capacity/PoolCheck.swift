import SimulationDatabases
import SimulationInput

/// Connections that all instances of a service hold to its database, also while two generations of it run.
///
/// By `ConnectionPool` and `ConnectionBudget`; Little's law for what a pool must hold.
enum PoolCheck: ChangeCheck {
  static let model = "connection_pools"
  static let poolNames = [
    "db_pool_per_instance", "pool_size", "max_pool_size", "maximum_pool_size", "maximumPoolSize", "db_pool",
    "db_pool_size", "pool", "connection_pool_size", "default_pool_size",
  ]

  /// Connections once all pools are full, while `surge` further instances run.
  private static func held(_ size: Double, _ instances: Double, surge: Double = 0) -> Double {
    func count(_ value: Double) -> Int { FactValue.whole(value, in: 0...1_000_000_000) }
    let pool = ConnectionPool(instances: count(instances), size: count(size), surge: count(surge))
    return Double(pool.connectionsWhileDeploying)
  }

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let pool = s.reading(poolNames, state: ["db_pool_per_instance"])
    let load = ServiceLoad(s)
    let most = s.reading(["max_instances"])
    let surge = s.proposal.kind == .deployment || s.proposal.kind == .rollback ? Rollout(s).extraInstances : 0
    if pool.after == nil, let running = load.instances.before, surge >= running, running > 0,
      s.state.has("db_max_connections")
    {
      return report.unknown(
        ["db_pool_per_instance"], self,
        "as many instances again hold pools of their own while both generations run, and how large those are is not known",
        worst: .outage, s, field: "strategy", alsoCode: "CONNECTION_EXHAUSTION")
    }
    guard let each = pool.after, pool.field != nil || load.instances.field != nil || surge > 0 || most.isRaised
    else { return }
    report.ran(self)
    report.understand(pool.field)
    // An autoscaler may go to its bound.
    if each <= 0 {
      report.add(
        issue(
          "CONNECTION_EXHAUSTION", .outage, s, probability: 0.9, "a pool of \(brief(each)) connections serves nobody",
          Calculation(
            equation: "pool > 0", inputs: ["pool": each], value: each, unit: "connections", threshold: 1,
            source: "arithmetic"), field: pool.field))
    }
    if pool.isRaised, load.instances.after == nil, let limit = s.state.number("db_max_connections", "max_connections"),
      each > PostgresConnectionCheck.usable(limit, s)
    {
      report.add(
        issue(
          "CONNECTION_EXHAUSTION", .outage, s, probability: 0.9,
          "one pool of \(brief(each)) connections is more than the database's \(brief(limit))",
          Calculation(
            equation: "pool <= max_connections - reserved", inputs: ["pool": each, "max_connections": limit],
            value: each, unit: "connections",
            threshold: PostgresConnectionCheck.usable(limit, s), source: "PostgreSQL documentation 19.3.1"),
          field: pool.field))
    }
    guard let count = [load.instances.after, most.field == nil ? nil : most.after].compactMap(\.self).max() else {
      return
    }
    let field =
      most.isRaised ? most.field : pool.field ?? load.instances.field ?? s.settings.first { $0.contains("surge") }
    // A pool of unknown size holds no more than was measured.
    let isNew = pool.field != nil && pool.before == nil
    let held = Self.held(pool.before ?? each, load.instances.before ?? count)
    let now = isNew ? min(held, s.state.number("peak_backends") ?? held) : held
    let full = Self.held(each, count, surge: surge)
    // Others hold connections, too, when the measured peak is more than this service's.
    let others = max(0, (s.state.number("peak_backends") ?? 0) - now)
    let measured = s.state.number("peak_backends")
    let after = max(full + others, measured.map { $0 + max(0, full - now) } ?? 0)
    // A pool that nobody knew the size of isn't taken for what it becomes.
    let rises = after > max(now, measured ?? 0) || pool.field != nil && pool.before == nil
    tooSmall(pool, count, s, &report)
    let limit = s.state.number("db_max_connections", "max_connections")
    if let limit {
      let usable = PostgresConnectionCheck.usable(limit, s)
      report.metric("connection_share", max(now, measured ?? 0) / usable, after / usable)
    }
    guard rises else { return }
    guard let limit else {
      report.unknown(
        ["db_max_connections"], self,
        "up to \(brief(after)) connections to the database are held, and how many it takes is not known",
        worst: .outage, s, field: field, alsoCode: "CONNECTION_EXHAUSTION")
      return
    }
    let usable = PostgresConnectionCheck.usable(limit, s)
    let probability = Exceedance(spread: 0.05, reserve: 0).probability(demand: after, limit: usable)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "CONNECTION_EXHAUSTION", .outage, s, probability: probability,
        "\(brief(count + surge)) instances with pools of \(brief(each))"
          + (others > 0 ? " and others' \(brief(others))" : "")
          + " hold up to \(brief(after)) connections, and \(brief(usable)) of \(brief(limit)) may be used"
          + (surge > 0 ? " (while both generations run)" : ""),
        Calculation(
          equation: "(instances + surge) x pool + others <= max_connections - reserved",
          inputs: [
            "instances": count, "surge": surge, "pool": each, "others": others, "before": max(now, measured ?? 0),
          ], value: after, unit: "connections", threshold: usable, source: "PostgreSQL documentation 19.3.1"),
        field: field, remedy: "smaller pools, or a pooler between"))
  }

  /// A pool holds λ·T connections on average; below that requests queue for one.
  private static func tooSmall(
    _ pool: Situation.Reading, _ count: Double, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard pool.isLowered, let field = pool.field, let each = pool.after, let rate = s.state.number("peak_rps"),
      let time = s.state.number("query_p95_ms", "cpu_demand_ms").map({ $0 / 1_000 })
    else { return }
    // The p95 is an upper estimate of the mean; half of it is used.
    let held = rate * (s.state.has("query_p95_ms") ? time / 2 : time)
    let probability = Exceedance(spread: 0.3, reserve: 0).probability(demand: held, limit: count * each)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .degradation, s, probability: probability,
        "at peak about \(brief(held)) connections are in use, and the pools hold \(brief(count * each))",
        Calculation(
          equation: "L = lambda T (Little) <= instances x pool",
          inputs: ["peak_rps": rate, "query_s": time, "instances": count, "pool": each], value: held,
          unit: "connections", threshold: count * each, source: "J. D. C. Little, Operations Research 9 (1961)"),
        field: field))
  }
}
