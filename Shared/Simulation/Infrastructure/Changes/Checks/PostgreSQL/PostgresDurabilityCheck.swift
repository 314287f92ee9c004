import SimulationDatabases
import SimulationInput

/// Settings that decide what a crash or an error can take: synchronous writes (`PostgresDurability`), WAL, archives, standbys.
///
/// Source of what no model has: PostgreSQL 18 documentation, 19.5 "Write Ahead Log", 19.6 "Replication".
enum PostgresDurabilityCheck: ChangeCheck {
  static let model = "postgresql_durability"
  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard s.isPostgres else { return }
    let value = Reloadable(s)
    crash(value, s, &report)
    commit(value, s, &report)
    logLevel(value, s, &report)
    if let on = s.change.flag("archive_mode") {
      report.ran(self)
      report.understand("archive_mode")
      if !on, s.state.flag("archive_mode") != false {
        loss(
          "archive_mode", "no WAL is archived any more: there is no recovery to a point in time", 0.8,
          "(25.3 Continuous Archiving)", value, s, &report)
      }
    }
    synchronousStandbys(s, &report)
  }

  /// What makes a crash of the host cost the whole database, and what hides that it did.
  private static func crash(_ value: Reloadable, _ s: Situation, _ report: inout ChangeReport) {
    for (field, message, probability) in [
      ("fsync", "after a crash of the host the database can be corrupt beyond recovery", 0.9),
      ("full_page_writes", "after a crash of the host torn pages can't be repaired: silent corruption", 0.8),
      ("zero_damaged_pages", "damaged pages are emptied instead of reported", 0.9),
    ] {
      guard let on = s.change.flag(field) else { continue }
      report.ran(self)
      report.understand(field)
      let after = PostgresDurability(
        fsync: field == "fsync" ? on : true, fullPageWrites: field == "full_page_writes" ? on : true)
      let isHarmful = field == "zero_damaged_pages" ? on : after.onHostCrash == .database
      guard isHarmful, s.state.flag(field) != on else { continue }
      loss(field, message, probability, "(19.5.1 Settings)", value, s, &report)
    }
  }

  private static func loss(
    _ field: String, _ message: String, _ probability: Double, _ section: String, _ value: Reloadable, _ s: Situation,
    _ report: inout ChangeReport
  ) {
    let weight = value.isReloadable ? Weight.nuisance : .lossOfData
    report.add(
      issue(
        "DATA_LOSS", weight, s, probability: probability,
        "\(field) = \(s.change.text(field) ?? ""): \(message)"
          + (value.isReloadable ? "; what is stored can be loaded again (\(value.text))" : ""),
        Calculation(
          equation: "loss on crash = what is stored", inputs: ["db_size_gb": s.state.gigabytes("db_size_gb")],
          value: s.state.gigabytes("db_size_gb") ?? 0, unit: "GB", threshold: 0,
          source: "PostgreSQL documentation \(section)"),
        field: field, exposure: value.isReloadable ? nil : s.exposure,
        remedy: "synchronous_commit = off loses less for speed"))
  }

  private static func commit(_ value: Reloadable, _ s: Situation, _ report: inout ChangeReport) {
    let field = "synchronous_commit"
    guard let text = s.change.text(field) else { return }
    report.ran(self)
    report.understand(field)
    func level(_ text: String) -> PostgresDurability.Commit? {
      guard case .text(let name)? = try? PostgresParameter.named(field, major: nil)?.value(of: text) else { return nil }
      return .init(rawValue: name)
    }
    guard let after = level(text) else { return }
    let delay = s.state.value(["wal_writer_delay"]).flatMap { FactValue.seconds($0, bareSeconds: 1e-3) }
    func durability(_ commit: PostgresDurability.Commit) -> PostgresDurability {
      // A lag is measured only where something follows.
      var result = PostgresDurability(
        commit: commit,
        hasSynchronousStandby: s.state.text("synchronous_standby_names").map { !$0.isEmpty }
          ?? s.state.has("replication_lag_s"))
      if let delay { result.walWriterDelaySeconds = delay }
      return result
    }
    let (was, will) = (durability(s.state.text(field).flatMap(level) ?? .on), durability(after))
    guard will.onHostCrash > .none else {
      guard will.onFailover > was.onFailover else { return }
      report.add(
        issue(
          "DATA_LOSS", .nuisance, s, probability: 0.5,
          "commits don't wait for the standby: a failover loses what it hasn't received",
          Calculation(
            equation: "loss at failover = replication lag",
            inputs: ["replication_lag_s": s.state.seconds("replication_lag_s")],
            value: s.state.seconds("replication_lag_s") ?? 0, unit: "s", threshold: 0,
            source: "PostgreSQL documentation 19.5.1"), field: field))
      return
    }
    let rate = s.state.number("write_tps")
    let lost = rate.map { $0 * will.windowSeconds }
    // A second of commits is nothing when it can be loaded again, and money when it can't.
    let weight = value.isReloadable ? Weight.note : Weight(severity: .high, consequence: 0.85, reversibility: 0.1)
    report.add(
      issue(
        "DATA_LOSS", weight, s, probability: value.isReloadable ? 0.3 : 0.8,
        "commits are acknowledged before they are on disk: a crash loses up to \(brief(will.windowSeconds)) s of them"
          + (lost.map { ", \(brief($0)) transactions" } ?? "")
          + (value.isReloadable ? "; what is stored can be loaded again (\(value.text))" : ""),
        Calculation(
          equation: "lost = write_tps x 3 x wal_writer_delay",
          inputs: ["write_tps": rate, "wal_writer_delay_s": will.walWriterDelaySeconds], value: lost ?? 0,
          unit: "transactions", threshold: 0, source: "PostgreSQL documentation 28.4 Asynchronous Commit"),
        field: field, remedy: "set it off for the sessions whose writes can be repeated"))
  }

  private static func logLevel(_ value: Reloadable, _ s: Situation, _ report: inout ChangeReport) {
    guard let level = s.change.text("wal_level")?.lowercased() else { return }
    report.ran(self)
    report.understand("wal_level")
    let hasSlot = s.consumers.contains { $0.lowercased().contains("logical") }
    if level == "replica", hasSlot || s.state.text("wal_level")?.lowercased() == "logical" {
      report.add(
        issue(
          "DOWNTIME", .outage, s, probability: 0.85,
          "with a logical slot the server doesn't start below wal_level = logical",
          Calculation(
            equation: "wal_level >= logical", inputs: [:], value: 0, unit: "1", threshold: 1,
            source: "PostgreSQL documentation 19.5.1"), field: "wal_level"))
    }
    guard level == "minimal" else { return }
    report.add(
      issue(
        "NO_REDUNDANCY", value.isReloadable ? .nuisance : .fragility, s, probability: 0.9,
        "wal_level = minimal: no standby, no archive and no base backup can follow the server",
        Calculation(
          equation: "minimal WAL holds only what crash recovery needs", inputs: [:], value: 1, unit: "1",
          source: "PostgreSQL documentation 19.5.1 wal_level"), field: "wal_level"))
  }

  private static func synchronousStandbys(_ s: Situation, _ report: inout ChangeReport) {
    guard let names = s.change.text("synchronous_standby_names") else { return }
    report.ran(self)
    report.understand("synchronous_standby_names")
    let standbys = Double(
      s.consumers.count { $0.lowercased().contains("replica") || $0.lowercased().contains("standby") })
    let before = s.state.text("synchronous_standby_names", "before") ?? ""
    if names.isEmpty, !before.isEmpty {
      report.add(
        issue(
          "DATA_LOSS", .lossOfData, s, probability: 0.6,
          "commits no longer wait for a standby: a failover loses the newest",
          Calculation(
            equation: "synchronous standbys > 0", inputs: [:], value: 0, unit: "standbys", threshold: 1,
            source: "PostgreSQL documentation 26.2.8"), field: "synchronous_standby_names"))
    }
    guard !names.isEmpty, standbys <= 1 else { return }
    report.add(
      issue(
        "DOWNTIME", .fragility, s, probability: 0.6,
        "every commit waits for the one standby: when it stops, no write ends",
        Calculation(
          equation: "standbys - 1 >= synchronous ones", inputs: ["standbys": standbys], value: standbys - 1,
          unit: "standbys", threshold: 1, source: "PostgreSQL documentation 26.2.8 Synchronous Replication"),
        field: "synchronous_standby_names"))
  }
}
