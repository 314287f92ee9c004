#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import SimulationInput

/// Copies, backups and how long they are kept.
///
/// Source: binomial failures at a yearly rate; Backblaze drive statistics give annual failure rates of 1 to 2 %.
enum DurabilityCheck: ChangeCheck {
  static let model = "durability"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    copies(s, &report)
    retention(s, &report)
    schedule(s, &report)
    removal(s, &report)
    restore(s, &report)
  }

  private static func copies(_ s: Situation, _ report: inout ChangeReport) {
    var factor = s.reading(
      ["replication_factor", "additional_copies", "raid_level"]) {
        value in FactValue.leadingNumber(value)
      }
    // Further copies count beside the first one.
    if factor.field == "additional_copies" {
      factor = .init(field: factor.field, before: factor.before.map { $0 + 1 }, after: factor.after.map { $0 + 1 })
    }
    if factor.field == "raid_level" {
      // Copies that a level keeps: 0 none beside the data, 1, 10 and 5 one, 6 two.
      func copies(_ level: Double?) -> Double? { level.map { $0 == 0 ? 1 : $0 == 6 || $0 == 60 ? 3 : 2 } }
      factor = .init(field: factor.field, before: copies(factor.before), after: copies(factor.after))
    }
    guard let field = factor.field, let after = factor.after else { return }
    report.ran(self)
    report.understand(field)
    let rate = s.state.share("disk_afr") ?? 0.02
    let disks = s.state.number("disks") ?? 1
    /// A year's chance to lose a datum somewhere: all copies of one within the day that a rebuild takes.
    func loss(_ copies: Double) -> Double {
      guard copies > 1 else { return 1 - pow(1 - rate, disks) }
      let day = rate / 365
      return 1 - pow(1 - rate * pow((copies > 1 ? disks : 1) * day, copies - 1), disks)
    }
    report.metric("annual_loss_probability", factor.before.map(loss), loss(after))
    guard factor.isLowered, after <= 1 || loss(after) > 0.01 else {
      guard factor.isLowered else { return }
      report.add(
        issue(
          "NO_REDUNDANCY", after < 2 ? .fragility : .nuisance, s, probability: 0.4,
          "\(brief(after)) copies are left of \(brief(factor.before ?? after))",
          Calculation(
            equation: "copies", inputs: ["before": factor.before], value: after, unit: "copies", threshold: 2,
            source: "binomial failures"), field: field))
      return
    }
    let calculation = Calculation(
      equation: after <= 1 ? "P = 1 - (1 - afr)^disks" : "P = 1 - (1 - afr (disks afr / 365)^(copies - 1))^disks",
      inputs: ["disk_afr": rate, "disks": disks, "copies": after, "before": factor.before], value: loss(after),
      unit: "1/year", threshold: 0.01, source: "independent failures at a yearly rate")
    let value = Reloadable(s)
    let message =
      "with \(brief(after)) cop\(after == 1 ? "y" : "ies") data is lost with \(percent(loss(after))) in a year"
    report.add(
      issue(
        "DATA_LOSS", value.isReloadable ? .nuisance : .lossOfData, s, probability: min(0.95, 0.5 + loss(after)),
        message,
        calculation, field: field))
    report.add(
      issue(
        "NO_REDUNDANCY", value.isReloadable ? .nuisance : .fragility, s, probability: 0.9, message, calculation,
        field: field))
  }

  private static func retention(_ s: Situation, _ report: inout ChangeReport) {
    let names = [
      "retention_days", "backup_retention_days", "snapshot_retention_days", "log_retention_days", "backup_days",
      "keep_days", "expire_days", "expiration_days", "lifecycle_expire_days", "retention", "backup_retention",
      "audit_log_retention_days", "pitr_days", "object_lock_days",
    ]
    let kept = s.reading(names, state: ["before_days"]) { value in
      FactValue.number(value) ?? FactValue.seconds(value).map { $0 / 86_400 }
    }
    guard let field = kept.field, let after = kept.after else { return }
    report.ran(self)
    report.understand(field)
    report.metric("retention_days", kept.before, after)
    let least = s.state.number("policy_min_days")
    if let least, after < least {
      report.add(
        issue(
          "COMPLIANCE", .violation, s, probability: 0.95,
          "\(brief(after)) days are kept, and \(brief(least)) is the least that the policy allows",
          Calculation(
            equation: "days >= policy", inputs: ["days": after, "policy_min_days": least], value: after, unit: "days",
            threshold: least, source: "the target's policy"), field: field))
    }
    if kept.isLowered, kept.before != nil || after <= 3 {
      let deletes = after <= 0 || least.map { after < $0 } ?? false
      let value = Reloadable(s)
      if after <= 0 {
        report.add(
          issue(
            "DATA_LOSS", value.isReloadable ? .nuisance : .lossOfData, s, probability: 0.8,
            "nothing is kept to restore from",
            Calculation(
              equation: "days > 0", inputs: ["before": kept.before], value: after, unit: "days", threshold: 1,
              source: "recovery point"), field: field))
      } else if least == nil, s.exposure == 1, !value.isReloadable,
        after < 7 || s.state.has("regime") || !value.text.isEmpty && after < (kept.before ?? 0) / 2
      {
        report.unknown(
          ["policy_min_days"], self, "older copies go for good, and what the policy demands is not known",
          worst: .violation, s, field: field, alsoCode: "COMPLIANCE")
      } else if deletes {
        report.add(
          issue(
            "DATA_LOSS", .lossOfData, s, probability: 0.6, "what is older than \(brief(after)) days is deleted",
            Calculation(
              equation: "days", inputs: ["before": kept.before], value: after, unit: "days", threshold: kept.before,
              source: "lifecycle rules delete for good"), field: field))
      }
    }
    if kept.isRaised { space(after, kept.before, field, s, &report) }
  }

  /// Keeping more takes space.
  private static func space(
    _ after: Double, _ before: Double?, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard let before, before > 0 else { return }
    if s.state.has("used_gb"), !s.state.has("size_gb", "disk_free_gb"), isOnFiniteDisk(s) {
      let used = s.state.gigabytes("used_gb") ?? 0
      return report.unknown(
        ["size_gb", "disk_free_gb"], self,
        "\(brief(after)) instead of \(brief(before)) days take \(brief(used * after / before)) instead of "
          + "\(brief(used)) GB, and how much there is is not known", worst: .outage, s, field: field,
        alsoCode: "DISK_FULL")
    }
    guard
      let used = s.state.gigabytes("used_gb")
        ?? s.state.number("used_percent").flatMap({ share in
          s.state.gigabytes("size_gb").map { $0 * (share > 1 ? share / 100 : share) }
        }), let size = s.state.gigabytes("size_gb") ?? s.state.gigabytes("disk_free_gb").map({ $0 + used })
    else { return }
    let need = used * after / before
    report.metric("used_share", used / size, need / size)
    let probability = Exceedance.disk.probability(demand: need, limit: size)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "DISK_FULL", .outage, s, probability: probability,
        "\(brief(after)) instead of \(brief(before)) days take \(brief(need)) of \(brief(size)) GB",
        Calculation(
          equation: "used x after / before", inputs: ["used_gb": used, "after": after, "before": before], value: need,
          unit: "GB", threshold: size, source: "retention is proportional to time"), field: field))
  }

  /// Object stores and backup services grow by themselves; brokers and databases keep what they keep on their disks.
  private static func isOnFiniteDisk(_ s: Situation) -> Bool {
    !s.speaks(of: "bucket", "s3", "gcs", "blob", "backup", "backups", "snapshot", "snapshots", "archive", "cloudwatch")
  }

  private static func schedule(_ s: Situation, _ report: inout ChangeReport) {
    let names = [
      "snapshot_schedule", "backup_schedule", "backup_interval", "snapshot_interval", "backup_frequency", "backup",
      "backups", "backup_enabled", "backups_enabled", "pitr", "point_in_time_recovery", "snapshots", "versioning",
      "deletion_protection", "object_lock", "multi_az",
    ]
    for field in names where s.change.has(field) { schedule(field, s, &report) }
  }

  private static func schedule(_ field: String, _ s: Situation, _ report: inout ChangeReport) {
    report.ran(self)
    report.understand(field)
    let word = s.change.text(field)?.lowercased() ?? ""
    if s.change.flag(field) == false || ["never", "suspended", "stopped", "paused", "manual"].contains(word) {
      let value = Reloadable(s)
      let isCopy = field == "multi_az"
      report.add(
        issue(
          isCopy ? "NO_REDUNDANCY" : "DATA_LOSS", value.isReloadable ? .nuisance : isCopy ? .fragility : .lossOfData, s,
          // That nothing is left to fail over to is certain; what comes of it is in the weight.
          probability: field == "deletion_protection" ? 0.55 : isCopy ? 0.9 : 0.7,
          isCopy
            ? "nothing is left to fail over to" : "\(field) is switched off: an error or a failure can't be undone",
          Calculation(
            equation: "copies to restore from > 0", inputs: [:], value: 0, unit: "copies", threshold: 1,
            source: "recovery point objective"), field: field))
      return
    }
    let hours = { (text: String?) -> Double? in
      switch text?.lowercased() {
      case "hourly": 1
      case "daily": 24
      case "weekly": 168
      case "monthly": 730
      case "quarterly": 2_190
      case "yearly", "annually": 8_760
      default: text.flatMap { FactValue.seconds(.string($0)) ?? FactValue.seconds(in: $0) }.map { $0 / 3_600 }
      }
    }
    guard let after = hours(s.change.text(field)) else {
      guard s.change.flag(field) != true, field.contains("schedule") else { return }
      return report.unknown(
        [field], self, "how often \(word) is can't be read", worst: .fragility, s, field: field, alsoCode: "DATA_LOSS")
    }
    guard let before = hours(s.state.text("before", field)) else {
      // Whatever it was, this is how much a loss takes: more than a week of what can't be loaded again.
      let limit = s.state.number("policy_rpo_h", "rpo_h")
      guard after > limit ?? 168, !Reloadable(s).isReloadable else { return }
      return report.add(
        issue(
          "DATA_LOSS", .lossOfData, s, probability: limit == nil ? min(0.8, 0.25 * after / 168) : 0.95,
          "a loss takes up to \(brief(after)) h of data",
          Calculation(
            equation: "RPO = interval", inputs: ["policy_h": limit], value: after, unit: "h", threshold: limit ?? 168,
            source: "recovery point objective"), field: field))
    }
    report.metric("recovery_point_h", before, after)
    if after > before * 1.01 {
      let limit = s.state.number("policy_rpo_h", "rpo_h")
      report.add(
        issue(
          "DATA_LOSS", Reloadable(s).isReloadable ? .nuisance : .fragility, s,
          probability: limit.map { after > $0 ? 0.95 : 0.2 } ?? min(0.8, 0.25 * after / 24),
          "a loss takes up to \(brief(after)) h of data instead of \(brief(before)) h",
          Calculation(
            equation: "RPO = interval", inputs: ["before_h": before, "policy_h": limit], value: after, unit: "h",
            threshold: limit ?? before, source: "recovery point objective"), field: field))
    }
    if let overhead = s.state.share("io_overhead"), after < before {
      let probability = Exceedance(spread: 0.3, reserve: 0).probability(demand: overhead, limit: 0.2)
      guard probability > 0.02 else { return }
      report.add(
        issue(
          "IO_SATURATION", .degradation, s, probability: probability,
          "each backup takes \(percent(overhead)) of the volume's speed, \(brief(before / after)) times as often",
          Calculation(
            equation: "overhead", inputs: ["io_overhead": overhead], value: overhead, unit: "1", threshold: 0.2,
            source: "measured"), field: field))
    }
  }

  private static func removal(_ s: Situation, _ report: inout ChangeReport) {
    guard
      let field = s.settings.first(where: { name in
        let name = name.lowercased()
        return ["delete", "drop", "purge", "destroy", "truncate", "wipe", "force_destroy"].contains {
          name == $0 || name.hasPrefix($0 + "_")
        } && !name.contains("protection")
      }), s.change.flag(field) != false, s.proposal.kind == .storage || s.proposal.kind == .configuration
    else { return }
    report.ran(self)
    report.understand(field)
    let value = Reloadable(s)
    // A last copy of what lives is a copy of all of it. Of copies that are deleted it keeps none.
    let isCopies =
      s.speaks(of: "backup", "backups", "snapshot", "snapshots", "archive")
      || ["backup", "snapshot", "copies", "archive"].contains { field.lowercased().contains($0) }
      || ["delete_backups", "delete_snapshots", "delete_snapshot"].contains { s.proposal.change[$0] != nil }
    if s.change.flag("final_snapshot", "snapshot_before", "take_snapshot") == true, !isCopies {
      // It can be had back; until then who reads it misses it.
      for name in ["final_snapshot", "snapshot_before", "take_snapshot"] where s.change.has(name) {
        report.understand(name)
      }
      return RouteCheck.loss(field, "\(field): what is deleted can be read by nobody until it is restored", s, &report)
    }
    // What nobody knows may be the only copy, whatever the environment is called.
    if value.text.isEmpty, s.exposure < 1 {
      report.unknown(
        ["data"], self, "what is deleted can't be had back, and what it is is not known", worst: .lossOfData, s,
        field: field, alsoCode: "DATA_LOSS", exposure: 1)
      return
    }
    report.add(
      issue(
        "DATA_LOSS", value.isReloadable ? .nuisance : .lossOfData, s, probability: 0.9,
        "\(s.change.text(field).map { "\(field) \($0)" } ?? field): what goes can't be had back"
          + (value.text.isEmpty ? "" : " (\(value.text))"),
        Calculation(
          equation: "deleted", inputs: ["used_gb": s.state.gigabytes("used_gb", "before_gb")],
          value: s.state.gigabytes("used_gb", "before_gb") ?? 0, unit: "GB", threshold: 0, source: "deletion is final"),
        field: field))
  }
}
