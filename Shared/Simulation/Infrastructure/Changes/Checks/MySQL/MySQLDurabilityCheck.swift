import SimulationInput

/// What MySQL has on disk when it acknowledges a commit, and what a crash takes.
///
/// The redo log is flushed at each commit (`innodb_flush_log_at_trx_commit` = 1), or once in
/// `innodb_flush_log_at_timeout` seconds (0 and 2): what lies between is lost when the host crashes, and with 0 when the
/// server alone does. The binary log is synchronised after `sync_binlog` groups of commits, or when the system likes (0):
/// replicas and restores to a point in time then miss what the server has, or have what it lost.
/// Source: MySQL 8.4 reference manual, 17.14 InnoDB Startup Options and System Variables, 19.1.6.4 Binary Logging Options.
enum MySQLDurabilityCheck: ChangeCheck {
  static let model = "mysql_durability"
  /// `innodb_flush_log_at_timeout` where nobody set it, s.
  private static let flushInterval = 1.0
  /// Linux writes dirty pages back after vm.dirty_expire_centisecs, s (kernel documentation, sysctl/vm).
  private static let writebackInterval = 30.0

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    redoLog(s, &report)
    binaryLog(s, &report)
    tornPages(s, &report)
  }

  private static func redoLog(_ s: Situation, _ report: inout ChangeReport) {
    // MariaDB's 3 flushes at prepare, too: at least as much as 1.
    let isMariaDB = s.speaks(of: "maria", "mariadb")
    let mode = s.reading(["innodb_flush_log_at_trx_commit"]) { value in
      FactValue.number(value).map { isMariaDB && $0 == 3 ? 1 : $0 }
    }
    guard let field = mode.field, let after = mode.after else { return }
    report.ran(self)
    guard [0, 1, 2].contains(after) else {
      return report.unknown(
        [field], self, "\(brief(after)) is no value of \(field)", worst: .outage, s, field: field,
        alsoCode: "NOT_EXTRAPOLABLE")
    }
    report.understand(field)
    let window =
      s.change.seconds("innodb_flush_log_at_timeout") ?? s.state.seconds("innodb_flush_log_at_timeout")
      ?? flushInterval
    if s.change.has("innodb_flush_log_at_timeout") { report.understand("innodb_flush_log_at_timeout") }
    report.metric("loss_window_s", mode.before.map { $0 == 1 ? 0 : window }, after == 1 ? 0 : window)
    // From 0 to 2 less is lost.
    guard after != 1, mode.before.map({ $0 == 1 || $0 > after }) ?? true else { return }
    loss(
      field, window,
      after == 0
        ? "commits are written once in \(brief(window)) s: a crash of the server or its host loses them"
        : "commits are flushed once in \(brief(window)) s: a crash of the host loses them",
      "innodb_flush_log_at_trx_commit", s, &report)
  }

  private static func binaryLog(_ s: Situation, _ report: inout ChangeReport) {
    let groups = s.reading(["sync_binlog"])
    guard let field = groups.field, let after = groups.after else { return }
    report.ran(self)
    report.understand(field)
    guard after != 1, groups.before.map({ $0 == 1 || $0 != 0 && (after == 0 || after > $0) }) ?? true else { return }
    // At most so many groups, of one commit at least each.
    let rate = s.state.number("write_tps")
    let window = after == 0 ? writebackInterval : min(writebackInterval, rate.map { after / max(1e-9, $0) } ?? after)
    loss(
      field, window,
      after == 0
        ? "the binary log is on disk when the system writes it back"
        : "the binary log is on disk after \(brief(after)) groups of commits",
      "sync_binlog", s, &report)
  }

  /// A page that was half written can't be repaired by the redo log.
  private static func tornPages(_ s: Situation, _ report: inout ChangeReport) {
    let field = "innodb_doublewrite"
    guard let text = s.change.text(field)?.lowercased() else { return }
    report.ran(self)
    report.understand(field)
    // DETECT_ONLY finds torn pages and has nothing to repair them with (17.6.4).
    guard s.change.flag(field) == false || text == "detect_only", s.state.flag("atomic_page_writes") != true else {
      return
    }
    let value = Reloadable(s)
    report.add(
      issue(
        "DATA_LOSS", value.isReloadable ? .nuisance : .lossOfData, s, probability: 0.7,
        "a page that was half written when the host crashed stays torn",
        Calculation(
          equation: "copies of a page while it is written", inputs: ["db_size_gb": s.state.gigabytes("db_size_gb")],
          value: 0, unit: "copies", threshold: 1, source: "MySQL 8.4 reference manual, 17.6.4 Doublewrite Buffer"),
        field: field))
  }

  private static func loss(
    _ field: String, _ window: Double, _ message: String, _ variable: String, _ s: Situation,
    _ report: inout ChangeReport
  ) {
    let value = Reloadable(s)
    let rate = s.state.number("write_tps")
    if rate == 0 { return }
    let lost = rate.map { $0 * window }
    // As for PostgreSQL's asynchronous commit: nothing when it can be loaded again, money when it can't.
    let weight = value.isReloadable ? Weight.note : Weight(severity: .high, consequence: 0.85, reversibility: 0.1)
    report.add(
      issue(
        "DATA_LOSS", weight, s, probability: value.isReloadable ? 0.3 : 0.8,
        message + (lost.map { ", up to \(brief($0)) transactions" } ?? "")
          + (value.isReloadable ? "; what is stored can be loaded again (\(value.text))" : ""),
        Calculation(
          equation: "lost = write_tps x window", inputs: ["write_tps": rate, "window_s": window], value: lost ?? window,
          unit: lost == nil ? "s" : "transactions", threshold: 0, source: "MySQL 8.4 reference manual, \(variable)"),
        field: field))
  }
}
