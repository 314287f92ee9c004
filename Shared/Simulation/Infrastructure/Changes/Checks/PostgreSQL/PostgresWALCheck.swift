import SimulationDatabases
import SimulationInput

/// Write-ahead log of a PostgreSQL server: what slots (`ReplicationSlot`) and checkpoints (`WriteAheadLog`) keep on the disk,
/// and what a crash has to replay.
///
/// Source of the settings: PostgreSQL 18 documentation, 19.5.2 "Checkpoints", 19.6.1 "Sending Servers".
enum PostgresWALCheck: ChangeCheck {
  static let model = "postgresql_wal"
  private static let megabytes = 1.0 / 1_024
  /// Below this between two checkpoints PostgreSQL itself warns (checkpoint_warning), s.
  private static let shortestInterval = 30.0
  /// WAL that recovery replays, MB/s: 30 to 100 on one process, by page misses. An estimate.
  private static let replayRate = 50.0
  /// A consumer that is updated or restarted pauses for a few minutes; one that loses its slot by that is lost for sure, s.
  private static let shortestRoom = 300.0
  /// A consumer that stops on a Friday is missed on Monday, h.
  private static let shortestWatch = 72.0
  /// A crash recovery of this length is an outage that somebody has to explain, s.
  private static let longestRecovery = 600.0

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard s.isPostgres else { return }
    slots(s, &report)
    kept(s, &report)
    created(s, &report)
    checkpoints(s, &report)
  }

  /// A new slot keeps all WAL until its consumer comes.
  private static func created(_ s: Situation, _ report: inout ChangeReport) {
    guard
      let field = s.settings.first(where: {
        $0.contains("replication_slot") && !$0.contains("drop") && !$0.hasPrefix("max_")
      })
    else { return }
    report.ran(self)
    report.understand(field)
    let words = (s.change.text("consumer_start") ?? "").split(separator: " ").prefix(8).map(String.init)
    let wait = words.indices.lazy.compactMap { FactValue.seconds(.string(words[$0...].joined())) }.first
    let seconds = wait ?? s.proposal.durationHours * 3_600
    guard let rate = Self.rate(s), let free = s.state.gigabytes("disk_free_gb") else {
      report.unknown(
        ["wal_mb_per_s", "disk_free_gb"], self,
        "a slot without a consumer keeps all WAL, and how long the disk takes it is "
          + "not known", worst: .outage, s, field: field, alsoCode: "DISK_FULL")
      return
    }
    let slot = ReplicationSlot(
      walBytesPerSecond: rate * FactValue.megabyte, lagSeconds: seconds, limitBytes: nil)
    let demand = slot.retainedBytes / FactValue.gigabyte
    report.metric("slot_wal_gb", 0, demand)
    let probability = Exceedance.disk.probability(demand: demand, limit: free)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "DISK_FULL", .outage, s, probability: probability,
        "until its consumer comes the slot keeps \(brief(demand)) GB of WAL, and \(brief(free)) are free",
        Calculation(
          equation: "rate x time without a consumer", inputs: ["wal_mb_per_s": rate, "seconds": seconds], value: demand,
          unit: "GB", threshold: free, source: "PostgreSQL documentation 26.2.6 Replication Slots"), field: field))
  }

  /// MB/s; a server that writes none was not measured.
  private static func rate(_ s: Situation) -> Double? {
    s.state.number("wal_mb_per_s").flatMap { $0 > 0 ? $0 : nil }
  }

  private static func size(_ value: InputValue) -> Double? { FactValue.gigabytes(value, bareGigabytes: megabytes) }

  private static func slots(_ s: Situation, _ report: inout ChangeReport) {
    let keep = s.reading(["max_slot_wal_keep_size"], size)
    guard let field = keep.field, let limit = keep.after else { return }
    report.ran(self)
    report.understand(field)
    let rate = Self.rate(s)
    let lag = s.state.seconds("replication_lag_s")
    func slot(_ rate: Double, _ lag: Double) -> ReplicationSlot {
      ReplicationSlot(
        walBytesPerSecond: rate * FactValue.megabyte, lagSeconds: lag, limitBytes: limit * FactValue.gigabyte)
    }
    if limit < 0 {
      guard let rate, let free = s.state.gigabytes("disk_free_gb") else {
        report.unknown(
          ["wal_mb_per_s", "disk_free_gb"], self,
          "slots may keep any amount of WAL, and how long the disk takes it is not known", worst: .fragility, s,
          field: field, alsoCode: "DISK_FULL")
        return
      }
      let hours = slot(rate, 0).secondsUntilDiskFull(freeBytes: free * FactValue.gigabyte) / 3_600
      let horizon = max(shortestWatch, s.proposal.durationHours)
      guard hours < horizon else { return }
      report.add(
        issue(
          "DISK_FULL", .outage, s, probability: (lag ?? 0) > 600 ? 0.8 : 0.4,
          "a consumer that stops lets WAL grow without end: \(brief(free)) GB are full after \(brief(hours)) h",
          Calculation(
            equation: "t = free / rate", inputs: ["disk_free_gb": free, "wal_mb_per_s": rate], value: hours, unit: "h",
            threshold: horizon, source: "PostgreSQL documentation 19.6.1"), field: field))
      return
    }
    guard let rate, let lag else {
      report.unknown(
        ["wal_mb_per_s", "replication_lag_s"], self,
        "slots keep at most \(brief(limit)) GB, and how much WAL their consumers need is not known", worst: .lossOfData,
        s, field: field, alsoCode: "DATA_LOSS")
      return
    }
    let slot = slot(rate, lag)
    let held = slot.retainedBytes / FactValue.gigabyte
    report.metric("slot_wal_gb", held, min(held, limit))
    let probability = Exceedance.count.probability(demand: held, limit: limit)
    let room = slot.secondsUntilLost
    if slot.isLost {
      report.add(
        issue(
          "DATA_LOSS", .lossOfData, s, probability: max(0.7, probability),
          "a slot already holds \(brief(held)) GB of WAL, over the new limit of \(brief(limit)) GB: it is invalidated "
            + "at the next checkpoint, and its consumer must be built anew",
          Calculation(
            equation: "held = wal rate x lag",
            inputs: ["wal_mb_per_s": rate, "replication_lag_s": lag, "limit_gb": limit], value: held,
            unit: "GB", threshold: limit, source: "PostgreSQL documentation 19.6.1 max_slot_wal_keep_size"),
          field: field, remedy: "let the consumer catch up first"))
    } else {
      report.metric("slot_room_s", room, room)
      guard room < shortestRoom else { return }
      report.add(
        issue(
          "DATA_LOSS", Weight(severity: .high, consequence: 0.9, reversibility: 0.3), s, probability: 0.75,
          "a consumer that pauses for \(brief(room)) s loses its slot",
          Calculation(
            equation: "room = (limit - held) / rate",
            inputs: ["limit_gb": limit, "held_gb": held, "wal_mb_per_s": rate], value: room, unit: "s",
            threshold: shortestRoom, source: "PostgreSQL documentation 19.6.1"), field: field))
    }
  }

  private static func kept(_ s: Situation, _ report: inout ChangeReport) {
    let keep = s.reading(["wal_keep_size", "min_wal_size"], size)
    guard let field = keep.field, let size = keep.after else { return }
    report.ran(self)
    report.understand(field)
    guard keep.isRaised else { return }
    full(size - (keep.before ?? 0), "\(field) keeps \(brief(size)) GB of WAL", field, s, &report)
  }

  /// More WAL on the disk than is free.
  private static func full(
    _ demand: Double, _ what: String, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard let free = s.state.gigabytes("disk_free_gb") else {
      if demand > 8 {
        report.unknown(
          ["disk_free_gb"], self, "\(what), and how much is free is not known", worst: .outage, s, field: field,
          alsoCode: "DISK_FULL")
      }
      return
    }
    let probability = Exceedance.disk.probability(demand: demand, limit: free)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "DISK_FULL", .outage, s, probability: probability,
        "\(what): \(brief(demand)) GB more of \(brief(free)) GB free. A full WAL disk stops the server",
        Calculation(
          equation: "WAL kept <= free", inputs: ["wal_gb": demand, "disk_free_gb": free], value: demand, unit: "GB",
          threshold: free, source: "PostgreSQL documentation 28.5 WAL Configuration"), field: field))
  }

  private static func checkpoints(_ s: Situation, _ report: inout ChangeReport) {
    let largest = s.reading(["max_wal_size"], size)
    let timeout = checkpointTimeout(s)
    guard let field = largest.field ?? timeout.field else { return }
    report.ran(self)
    report.understand(largest.field, timeout.field)
    if let size = largest.after.map({ min($0, reach(largest, timeout, s)) }), largest.isRaised,
      s.state.gigabytes("disk_free_gb").map({ size > $0 }) ?? (size > 64)
    {
      full(
        size - (largest.before ?? usual.maxWalSizeBytes / FactValue.gigabyte), "WAL may grow to \(brief(size)) GB",
        field, s, &report)
    }
    guard let rate = Self.rate(s) else { return }
    let target = s.state.number("checkpoint_completion_target") ?? completionTarget(s)
    func log(_ at: (Situation.Reading) -> Double?) -> WriteAheadLog {
      // An unknown max_wal_size isn't taken for the one that starts checkpoints.
      WriteAheadLog(
        bytesPerSecond: rate * FactValue.megabyte,
        checkpointTimeoutSeconds: at(timeout) ?? usual.checkpointTimeoutSeconds,
        maxWalSizeBytes: at(largest).map { $0 * FactValue.gigabyte } ?? .infinity, completionTarget: target,
        major: s.postgresMajor)
    }
    let (before, after) = (log(\.before), log(\.after))
    let replay = replayRate * FactValue.megabyte
    report.metric("checkpoint_interval_s", before.checkpointInterval, after.checkpointInterval)
    report.metric(
      "recovery_s", before.recoverySeconds(replayBytesPerSecond: replay),
      after.recoverySeconds(replayBytesPerSecond: replay))
    let interval = after.checkpointInterval
    let kept = after.diskBytes() / FactValue.gigabyte
    if interval > before.checkpointInterval {
      full(
        kept - before.diskBytes() / FactValue.gigabyte,
        "WAL between checkpoints \(brief(interval)) s apart grows to \(brief(kept)) GB", field, s, &report)
      if let recovery = after.recoverySeconds(replayBytesPerSecond: replay), recovery > longestRecovery,
        s.state.flag("replica_failover") != true
      {
        report.add(
          issue(
            "DOWNTIME", .outage, s, probability: 0.7,
            "after a crash up to \(brief(after.recoveryBytes / FactValue.gigabyte)) GB of WAL are replayed: about \(brief(recovery / 60)) min without a "
              + "database, and no replica to fail over to",
            Calculation(
              equation: "t = wal rate x interval x (1 + completion target) / replay rate",
              inputs: [
                "wal_mb_per_s": rate, "interval_s": interval, "completion_target": target,
                "replay_mb_per_s": replayRate,
              ], value: recovery, unit: "s", threshold: longestRecovery,
              source: "PostgreSQL documentation 28.5; replay rate of one process: an estimate"), field: field))
      }
    } else if interval < shortestInterval, interval < before.checkpointInterval {
      report.add(
        issue(
          "IO_SATURATION", .degradation, s, probability: 0.8,
          "a checkpoint every \(brief(interval)) s: each first change of a page after one writes the whole page again",
          Calculation(
            equation: "interval = min(timeout, max_wal_size / (1 + completion target) / rate)",
            inputs: ["max_wal_size_gb": largest.after, "wal_mb_per_s": rate, "completion_target": target],
            value: interval, unit: "s",
            threshold: shortestInterval, source: "PostgreSQL documentation 19.5.2 checkpoint_warning"), field: field))
    }
  }

  /// GB of WAL that is written before the clock starts a checkpoint, with twice the known rate for peaks: no larger
  /// max_wal_size is ever reached. Infinite where the rate or the time isn't known.
  private static func reach(_ largest: Situation.Reading, _ timeout: Situation.Reading, _ s: Situation) -> Double {
    guard let rate = Self.rate(s), let seconds = timeout.after else { return .infinity }
    let log = WriteAheadLog(
      bytesPerSecond: 2 * rate * FactValue.megabyte, checkpointTimeoutSeconds: seconds, maxWalSizeBytes: .infinity,
      completionTarget: completionTarget(s), major: s.postgresMajor)
    return log.diskBytes() / FactValue.gigabyte
  }

  /// PostgreSQL's own values where nobody set any.
  private static let usual = WriteAheadLog(bytesPerSecond: 0)

  private static func completionTarget(_ s: Situation) -> Double {
    PostgresParameter.named("checkpoint_completion_target", major: s.postgresMajor)?.defaultNumber
      ?? usual.completionTarget
  }

  /// Seconds. The setting without a unit is in seconds, the synced key in minutes.
  private static func checkpointTimeout(_ s: Situation) -> Situation.Reading {
    let minutes = s.reading(["checkpoint_timeout_min"]) { FactValue.seconds($0, bareSeconds: 60) }
    let told = s.reading(["checkpoint_timeout"]) { FactValue.seconds($0) }
    guard told.field != nil else { return minutes }
    // The server takes no less than 30 s, so that a smaller number of what was before is minutes.
    let old = s.reading(["checkpoint_timeout"]) { value in
      FactValue.seconds(value, bareSeconds: (FactValue.number(value) ?? 30) < 30 ? 60 : 1)
    }
    return .init(field: told.field, before: minutes.before ?? old.before, after: told.after)
  }
}
