import SimulationDatabases
import SimulationInput

/// Dead row versions (`DeadRows`) and transaction ids (`Wraparound`): what vacuum must keep up with (`VacuumPace`).
enum PostgresVacuumCheck: ChangeCheck {
  static let model = "postgresql_vacuum"
  /// A row version with its header and line pointer, bytes: a narrow row.
  private static let rowVersion = 150.0
  /// autovacuum_vacuum_scale_factor: autovacuum would have begun at this share of dead rows.
  private static let scaleFactor = 0.2
  /// How well a rate of freezing is known.
  private static let freezing = Exceedance(spread: 0.2, reserve: 0)

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard s.isPostgres else { return }
    disabled(s, &report)
    freeze(s, &report)
    throttled(s, &report)
  }

  private static func disabled(_ s: Situation, _ report: inout ChangeReport) {
    guard let text = s.change.text("autovacuum"),
      case .flag(let on)? = try? PostgresParameter.named("autovacuum", major: nil)?.value(of: text)
    else { return }
    report.ran(self)
    report.understand("autovacuum")
    guard !on, s.state.flag("autovacuum") != false else { return }
    guard let rate = s.state.number("write_tps") else {
      report.unknown(
        ["write_tps"], self, "nothing removes dead rows any more, and how many come is not known",
        worst: .degradation, s, field: "autovacuum", alsoCode: "BLOAT")
      return
    }
    // A setting stays longer than the hours that somebody asks to see; a day is the least that is judged.
    let hours = s.change.has("revert_after") ? s.proposal.durationHours : max(24, s.proposal.durationHours)
    let size = s.state.gigabytes("db_size_gb").flatMap { $0 > 0 ? $0 : nil }
    let bytes = (size ?? 0) * FactValue.gigabyte
    let table = DeadRows(rows: bytes / rowVersion, tableBytes: bytes, deadPerSecond: rate, scaleFactor: scaleFactor)
    let dead = table.without(vacuumFor: hours * 3_600)
    let rows = dead.rows
    let share = size.map { _ in dead.bytes / bytes }
    report.metric("dead_row_versions", 0, rows)
    // Without the size: a million dead rows is where autovacuum would long have begun on any table but a huge one.
    let probability =
      share.map { _ in Exceedance(spread: 0.5, reserve: 0).probability(demand: rows, limit: table.vacuumAt) }
      ?? (rows > 1e6 ? 0.8 : 0.2)
    let message =
      "\(brief(rows)) dead row versions in \(brief(hours)) h are left behind"
      + (share.map { ", \(percent($0)) of the database" } ?? "")
    let calculation = Calculation(
      equation: "dead = write_tps x duration; share = dead x 150 B / size",
      inputs: ["write_tps": rate, "duration_h": hours, "db_size_gb": size], value: share ?? rows,
      unit: share == nil ? "rows" : "1", threshold: share == nil ? 1e6 : scaleFactor,
      source: "PostgreSQL documentation 24.1; autovacuum_vacuum_scale_factor = 0.2")
    report.add(
      issue("BLOAT", .degradation, s, probability: probability, message, calculation, field: "autovacuum"))
    report.add(
      issue(
        "STALE_STATS", .nuisance, s, probability: probability,
        "no statistics are gathered either: plans drift from the data as it changes", calculation,
        field: "autovacuum"))
  }

  private static func freeze(_ s: Situation, _ report: inout ChangeReport) {
    let age = s.reading(["autovacuum_freeze_max_age"])
    guard let field = age.field, let trigger = age.after else { return }
    report.ran(self)
    report.understand(field)
    guard let rate = s.state.number("write_tps"), rate > 0, let oldest = s.state.number("xid_age") else {
      if age.isRaised {
        report.unknown(
          ["write_tps", "xid_age"], self, "freezing begins later, and how fast ids are used is not known",
          worst: .outage, s, field: field, alsoCode: "DOWNTIME")
      }
      return
    }
    let size = s.state.gigabytes("db_size_gb")
    let speed = s.state.number("rewrite_mb_s")
    func forecast(_ freezeMaxAge: Double) -> Wraparound.Forecast {
      Wraparound(freezeMaxAge: freezeMaxAge, major: s.postgresMajor).forecast(
        age: oldest, idsPerSecond: rate, databaseBytes: size.map { $0 * FactValue.gigabyte },
        vacuumBytesPerSecond: speed.map { $0 * FactValue.megabyte })
    }
    let coming = forecast(trigger)
    let begins = coming.secondsUntilForcedVacuum
    let room = coming.secondsToFreeze
    guard let takes = coming.freezeSeconds else {
      // 30 days are enough for any freeze that anyone runs.
      if age.isRaised, room < 30 * 86_400 {
        report.unknown(
          ["db_size_gb", "rewrite_mb_s"], self,
          "freezing has \(brief(room / 3_600)) h before writes stop, and how long it takes is not known",
          worst: .outage, s, field: field, alsoCode: "DOWNTIME")
      }
      return
    }
    report.metric("freeze_room_h", age.before.map { forecast($0).secondsToFreeze / 3_600 }, room / 3_600)
    let calculation = Calculation(
      equation: "(2^31 - margin - max(freeze_max_age, xid_age)) / rate >= size / speed",
      inputs: [
        "freeze_max_age": trigger, "xid_age": oldest, "write_tps": rate, "db_size_gb": size, "rewrite_mb_s": speed,
        "postgres": s.postgresMajor.map(Double.init),
      ], value: takes / 3_600, unit: "h", threshold: room / 3_600,
      source: "PostgreSQL documentation 24.1.5; varsup.c SetTransactionIdLimit")
    if age.isLowered, oldest > trigger, takes > 3_600 {
      report.add(
        issue(
          "IO_SATURATION", s.isQuiet == true ? .nuisance : .degradation, s, probability: 0.75,
          "the age of \(brief(oldest)) is over the new limit: \(size.map(brief) ?? "") GB are frozen from now on, for about "
            + "\(brief(takes / 3_600)) h", calculation, field: field))
    }
    let probability = freezing.probability(demand: takes, limit: room)
    guard probability > 0.02 else { return }
    let message =
      "freezing begins after \(brief(begins / 3_600)) h and takes \(brief(takes / 3_600)) h, and writes stop "
      + "\(brief(room / 3_600)) h after it begins"
    report.add(
      issue(
        "DOWNTIME", .outage, s, probability: probability, message, calculation, field: field,
        firstHour: (begins + room) / 3_600, remedy: "vacuum freeze by hand before raising it"))
    report.add(
      issue("BLOAT", .nuisance, s, probability: probability, message, calculation, field: field))
  }

  /// Settings that let dead rows wait longer or let vacuum work slower.
  private static func throttled(_ s: Situation, _ report: inout ChangeReport) {
    let factor = s.reading(["autovacuum_vacuum_scale_factor"], FactValue.share)
    if let field = factor.field, let after = factor.after {
      report.ran(self)
      report.understand(field)
      if after > 0.4, after > factor.before ?? scaleFactor {
        report.add(
          issue(
            "BLOAT", .degradation, s, probability: min(0.9, after),
            "vacuum waits until \(percent(after)) of a table is dead",
            Calculation(
              equation: "dead share at vacuum = scale factor", inputs: ["scale_factor": after], value: after,
              unit: "1", threshold: scaleFactor, source: "PostgreSQL documentation 19.10"), field: field))
      }
    }
    let limit = s.reading(["autovacuum_vacuum_cost_limit", "vacuum_cost_limit"])
    let delay = s.reading(["autovacuum_vacuum_cost_delay", "vacuum_cost_delay"]) {
      FactValue.seconds($0, bareSeconds: 1e-3).map { $0 * 1_000 }
    }
    guard let field = limit.field ?? delay.field else { return }
    report.ran(self)
    report.understand(limit.field, delay.field)
    var pace = VacuumPace.autovacuumDefault(major: s.postgresMajor)
    // -1 takes vacuum's own values, which are the defaults.
    if let told = limit.after, told > 0 { pace.costLimit = told }
    if let told = delay.after, told >= 0 { pace.costDelaySeconds = told / 1_000 }
    guard delay.after != nil || delay.field == nil, pace.costDelaySeconds > 0, let rate = s.state.number("write_tps")
    else { return }
    // Each dead row dirties a page of its own, which has to be read, where updates are scattered.
    let pages = pace.bytesPerSecond(missShare: 1, dirtyShare: 1) / 8_192
    let probability = Exceedance(spread: 0.3, reserve: 0).probability(demand: rate, limit: pages)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "BLOAT", .degradation, s, probability: probability,
        "vacuum may clean \(brief(pages)) pages a second, and \(brief(rate)) rows a second die",
        Calculation(
          equation: "pages/s = cost_limit / (vacuum_cost_page_miss + vacuum_cost_page_dirty) / cost_delay",
          inputs: [
            "cost_limit": pace.costLimit, "cost_delay_ms": pace.costDelaySeconds * 1_000,
            "page_miss_cost": pace.missCost, "page_dirty_cost": pace.dirtyCost, "write_tps": rate,
          ], value: rate,
          unit: "1/s", threshold: pages, source: "PostgreSQL documentation 19.10.2 Cost-based Vacuum Delay"),
        field: field))
  }
}
