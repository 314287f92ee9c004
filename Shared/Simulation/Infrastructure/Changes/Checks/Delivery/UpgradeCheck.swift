import SimulationInput

/// A new major version of a database, whose files it converts.
///
/// Source: PostgreSQL documentation, 18.6 "Upgrading a PostgreSQL Cluster".
enum UpgradeCheck: ChangeCheck {
  static let model = "major_upgrade"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard s.proposal.kind == .migration || s.isPostgres,
      let field = ["engine_version", "target_version", "major_version", "postgres", "upgrade_to", "postgres_version"]
        .first(where: {
          s.change.has($0)
        })
    else { return }
    report.ran(self)
    report.understand(field)
    let old = s.state.leadingNumber("postgres", "version", "before")
    let new = s.change.leadingNumber(field)
    guard let new, old.map({ $0.rounded(.down) != new.rounded(.down) }) ?? true else { return }
    if let old, new < old {
      report.add(
        issue(
          "DOWNTIME", .outage, s, probability: 0.95, "an older major version can't read the files of a newer one",
          Calculation(
            equation: "new >= old", inputs: ["before": old], value: new, unit: "version", threshold: old,
            source: "PostgreSQL documentation 18.6"), field: field))
    }
    let method = s.change.text("method")?.lowercased() ?? ""
    let isSmooth = ["logical", "blue", "replica"].contains { method.contains($0) }
    guard !isSmooth, s.isQuiet != true else { return }
    report.add(
      issue(
        "DOWNTIME", Weight(severity: .critical, consequence: 0.95, reversibility: 0.1), s,
        probability: s.isQuiet == false ? 0.9 : 0.6,
        "a new major version stops the server while its files are converted, and there is no way back but a backup",
        Calculation(
          equation: "major versions differ", inputs: ["before": old, "after": new], value: new, unit: "version",
          threshold: old, source: "PostgreSQL documentation 18.6 Upgrading"), field: field))
  }
}
