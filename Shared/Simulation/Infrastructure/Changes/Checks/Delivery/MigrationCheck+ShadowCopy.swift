import SimulationInput

/// Schema changes by tools that fill a changed copy of the table beside it and swap both at the end.
///
/// Nothing is locked but for the swap; the copy and its log take room, and copying competes with the load. Source: gh-ost
/// documentation ("Why triggerless?", cut-over), Percona Toolkit documentation, pt-online-schema-change; pg_repack
/// documentation ("requires free disk space twice as large as the target table").
extension MigrationCheck {
  private static let tools = [
    "gh-ost", "gh_ost", "ghost", "pt-online-schema-change", "pt-osc", "pg_repack", "lhm", "spirit",
  ]
  /// Share of the processors from which on a copy is felt.
  private static let busy = 0.8

  static func shadowCopyTool(_ s: Situation) -> String? {
    // What a text begins with is what is run; a tool that it speaks of later, or denies, isn't.
    ["tool", "method", "strategy", "command", "run"].lazy.compactMap { name in
      s.change.text(name)?.lowercased()
    }.compactMap { told in
      let first = told.prefix { $0 != " " }.split(separator: "/").last.map(String.init) ?? ""
      let name = String(first.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
      return Clause.isDenied(told) ? nil : tools.first { $0 == name }
    }.first
  }

  static func shadowCopy(
    _ tool: String, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard let table = s.state.gigabytes("table_gb") else {
      return report.unknown(
        ["table_gb", "disk_free_gb"], self, "\(tool) copies the table, and how big it is is not known", worst: .outage,
        s,
        field: field, alsoCode: "DISK_FULL")
    }
    // The copy with its indexes, and as much log again until it is archived.
    let extra = table * (2 + indexShare)
    report.metric("extra_disk_gb", 0, extra)
    guard let free = s.state.gigabytes("disk_free_gb") else {
      return report.unknown(
        ["disk_free_gb"], self, "\(tool) needs \(brief(extra)) GB more, and how much is free is not known",
        worst: .outage, s, field: field, alsoCode: "DISK_FULL")
    }
    let calculation = Calculation(
      equation: "table (1 + \(indexShare)) + log", inputs: ["table_gb": table], value: extra, unit: "GB",
      threshold: free, source: "gh-ost documentation; pg_repack documentation, requirements")
    let probability = Exceedance(spread: 0.25, reserve: 0.05).probability(demand: extra, limit: free)
    if probability > 0.02 {
      report.add(
        issue(
          "DISK_FULL", .outage, s, probability: probability,
          "\(tool) needs \(brief(extra)) GB beside the table, and \(brief(free)) are free", calculation, field: field))
    }
    if let load = s.state.share("cpu_peak", "utilization", "rho", "db_cpu"), load > busy, s.isQuiet != true {
      report.add(
        issue(
          "SATURATION", .degradation, s, probability: 0.7,
          "a table of \(brief(table)) GB is copied while \(percent(load)) of the processors are in use",
          Calculation(
            equation: "load <= \(busy)", inputs: ["load": load], value: load, unit: "1", threshold: busy,
            source: "gh-ost documentation, throttling (max-load)"), field: field, remedy: "throttle by load and lag"))
    }
    // The swap waits for who uses the table, as any change does.
    if let longest = s.state.seconds("longest_transaction_s"), longest > 60, s.isQuiet != true {
      report.add(
        issue(
          "LOCK", .nuisance, s, probability: 0.5,
          "the swap at the end waits for transactions of up to \(brief(longest)) s", calculation, field: field))
    }
  }
}
