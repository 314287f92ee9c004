import SimulationDatabases
import SimulationInput

/// Data that is copied, loaded or taken over from somewhere else.
enum DataMovementCheck: ChangeCheck {
  static let model = "data_movement"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    repack(s, &report)
    dump(s, &report)
    cutover(s, &report)
    load(s, &report)
    copy(s, &report)
  }

  /// What is copied elsewhere and stays where it is: the source is read at the rate of the copy, and nothing else changes.
  /// Where the source is deleted afterwards, that is judged as a deletion.
  private static func copy(_ s: Situation, _ report: inout ChangeReport) {
    guard let field = ["copy_to", "sync_to", "mirror_to", "replicate_to"].first(where: { s.change.has($0) }),
      s.change.flag("delete_source", "move", "delete_after_copy") != true
    else { return }
    report.ran(self)
    report.understand(field)
    for name in ["delete_source", "move", "delete_after_copy", "rate_mb_s", "max_rate_mb_s", "bandwidth_limit_mb_s"]
    where s.change.has(name) { report.understand(name) }
    // Rules on where data may be outlive a copy.
    if s.state.has("regime"), !s.change.has("region"), !EncryptionCheck.staysInUnion(field, s) {
      report.unknown(
        ["region"], self, "data under \(s.state.text("regime") ?? "a rule") is copied, and where to is not known",
        worst: .violation, s, field: field, alsoCode: "COMPLIANCE")
    }
    let rate = s.change.number("rate_mb_s", "max_rate_mb_s", "bandwidth_limit_mb_s")
    if let rate, rate > 0, let size = s.state.gigabytes("used_gb", "db_size_gb") {
      report.metric("copy_s", 0, size * 1_024 / rate)
    }
    guard let busy = s.state.share("utilization", "rho", "io_utilization") else { return }
    guard let rate, let limit = s.state.number("throughput_mb_s", "bandwidth_mb_s"), limit > 0 else {
      // Without a bound a copy takes what there is: half of what two equals share.
      guard rate == nil, busy > 0.5 else { return }
      report.add(
        issue(
          "IO_SATURATION", s.isQuiet == true ? .nuisance : .degradation, s, probability: 0.7,
          "an unbounded copy competes with \(percent(busy)) of use",
          Calculation(
            equation: "utilisation <= 1/2 beside one equal", inputs: [:], value: busy, unit: "1", threshold: 0.5,
            source: "processor sharing; Kleinrock, Queueing Systems 2 (1976), 4.4"), field: field,
          remedy: "bound the rate"))
      return
    }
    let after = busy + rate / limit
    report.metric("utilization", busy, after)
    let probability = Exceedance.load.probability(demand: after, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "IO_SATURATION", .degradation, s, probability: probability,
        "a copy of \(brief(rate)) MB/s takes the source to \(percent(after))",
        Calculation(
          equation: "rho + rate / throughput", inputs: ["rho": busy, "rate_mb_s": rate, "throughput_mb_s": limit],
          value: after, unit: "1", threshold: 1, source: "utilisation law"), field: field))
  }

  /// A table that is copied beside itself as it is.
  private static func repack(_ s: Situation, _ report: inout ChangeReport) {
    guard !s.change.has("sql"), let field = ["command", "tool", "run"].first(where: { s.change.has($0) }),
      let tool = MigrationCheck.shadowCopyTool(s)
    else { return }
    report.ran(self)
    report.understand(field)
    MigrationCheck.shadowCopy(tool, field, s, &report)
  }

  /// A database that is dumped and loaded elsewhere while nobody may write: as long as its size takes.
  /// Source: PostgreSQL documentation 26.1 SQL Dump.
  private static func dump(_ s: Situation, _ report: inout ChangeReport) {
    guard let text = s.change.text("method")?.lowercased(),
      text.contains("dump") || text.contains("restore") || text.contains("offline copy")
    else { return }
    report.ran(self)
    for name in ["method", "to", "from", "writes"] where s.change.has(name) { report.understand(name) }
    guard let size = s.state.gigabytes("db_size_gb", "table_gb"), let rate = s.state.number("rewrite_mb_s"), rate > 0
    else {
      return report.unknown(
        ["db_size_gb", "rewrite_mb_s"], self,
        "nobody may write until all is copied, and how long that takes is not known",
        worst: .outage, s, field: "method", alsoCode: "DOWNTIME")
    }
    let seconds = size * 1_024 / rate
    report.metric("copy_s", 0, seconds)
    let budget = s.state.number("error_budget_min_per_month").map {
      $0 * 60 * (s.state.share("error_budget_left") ?? 1)
    }
    let window = s.isQuiet == true ? s.proposal.durationHours * 3_600 : 300
    let limit = min(window, budget ?? window)
    let probability = Exceedance(spread: 0.3, reserve: 0).probability(demand: seconds, limit: limit)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "DOWNTIME", .outage, s, probability: probability,
        "\(brief(size)) GB at \(brief(rate)) MB/s: no writes for \(brief(seconds / 60)) min, and \(brief(limit / 60)) min "
          + "may be",
        Calculation(
          equation: "size / rate <= min(window, error budget)",
          inputs: ["db_size_gb": size, "rate_mb_s": rate, "budget_s": budget, "window_s": window], value: seconds,
          unit: "s", threshold: limit, source: "PostgreSQL documentation 26.1 SQL Dump"), field: "method",
        remedy: "replicate, and cut over when both are level"))
  }

  /// Writes stand still while the other side catches up, and what it hasn't got by then is missing there.
  private static func cutover(_ s: Situation, _ report: inout ChangeReport) {
    guard s.change.has("write_freeze"), let freeze = s.change.seconds("write_freeze") else { return }
    report.ran(self)
    report.understand("write_freeze")
    guard let lag = s.state.seconds("replication_lag_s") else {
      report.unknown(
        ["replication_lag_s"], self,
        "writes stand still for \(brief(freeze)) s, and how far the other side is behind is not "
          + "known", worst: .lossOfData, s, field: "write_freeze", alsoCode: "DATA_LOSS")
      return
    }
    let probability = Exceedance(spread: 0.5, reserve: 0).probability(demand: lag, limit: freeze)
    guard probability > 0.02 else { return }
    let calculation = Calculation(
      equation: "lag <= freeze", inputs: ["replication_lag_s": lag, "write_freeze_s": freeze], value: lag, unit: "s",
      threshold: freeze, source: "PostgreSQL documentation, chapter 29 Logical Replication")
    let message = "the other side is \(brief(lag)) s behind and writes stand still for \(brief(freeze)) s"
    report.add(
      issue("DATA_LOSS", .lossOfData, s, probability: probability, message, calculation, field: "write_freeze"))
    report.add(issue("DOWNTIME", .outage, s, probability: probability, message, calculation, field: "write_freeze"))
  }

  /// Rows that are loaded: transaction ids and room, twice for the WAL.
  private static func load(_ s: Situation, _ report: inout ChangeReport) {
    let size = s.change.gigabytes("import_gb", "load_gb")
    let rows = s.change.number("import_rows", "load_rows")
    guard size != nil || rows != nil else { return }
    report.ran(self)
    for field in ["import_gb", "load_gb", "import_rows", "load_rows"] where s.change.has(field) {
      report.understand(field)
    }
    if let size {
      let free = s.state.gigabytes("disk_free_gb")
      guard let free else {
        return report.unknown(
          ["disk_free_gb"], self, "\(brief(size)) GB are loaded, and how much is free is not known", worst: .outage, s,
          field: "import_gb", alsoCode: "DISK_FULL")
      }
      let probability = Exceedance(spread: 0.25, reserve: 0.05).probability(demand: size * 2, limit: free)
      if probability > 0.02 {
        report.add(
          issue(
            "DISK_FULL", .outage, s, probability: probability,
            "\(brief(size)) GB and as much WAL are written, and \(brief(free)) are free",
            Calculation(
              equation: "2 x size", inputs: ["import_gb": size], value: size * 2, unit: "GB", threshold: free,
              source: "PostgreSQL documentation 14.4 Populating a Database"), field: "import_gb"))
      }
    }
    guard let rows, let age = s.state.number("xid_age") else { return }
    let used =
      rows / max(1, s.change.number("rows_per_transaction") ?? 1)
      + (s.state.number("write_tps") ?? 0) * s.proposal.durationHours * 3_600
    let ages = Wraparound(
      freezeMaxAge: s.state.number("autovacuum_freeze_max_age") ?? 2e8, major: s.postgresMajor)
    let (limit, trigger) = (ages.stopAge, ages.forcedVacuumAge)
    report.metric("xid_age", age, age + used)
    let stops = Exceedance(spread: 0.1, reserve: 0).probability(demand: age + used, limit: limit)
    let freezes = Exceedance(spread: 0.02, reserve: 0).probability(demand: age + used, limit: trigger)
    let calculation = Calculation(
      equation: "age + rows / rows per transaction + write_tps x t",
      inputs: ["xid_age": age, "import_rows": rows, "rows_per_transaction": s.change.number("rows_per_transaction")],
      value: age + used, unit: "transactions", threshold: limit, source: "PostgreSQL documentation 24.1.5")
    if stops > 0.02 {
      report.add(
        issue(
          "DOWNTIME", .outage, s, probability: stops, "transaction ids run out: writes stop", calculation,
          field: "import_rows"))
    } else if freezes > 0.02, age < trigger {
      report.add(
        issue(
          "IO_SATURATION", s.isQuiet == true ? .nuisance : .degradation, s, probability: freezes,
          "the age passes autovacuum_freeze_max_age: everything is frozen while it is loaded", calculation,
          field: "import_rows"))
    }
  }
}
