import FleetCore
import SimulationInput

/// What a sync does to the mirror of an environment; the same in every store.
///
/// Of each key of a target's state the value of one source counts: of the sources that were read within 30 minutes
/// before the others, then in the order in which the environment lists them, and last what was pushed inline by agents
/// (unless the environment lists a source of that kind, whose place counts). So a direct reading goes before what
/// somebody says, and what is old before nothing. The kind of the target comes from the first source that tells one. A
/// target's state was true when the earliest of the sources was read that a value comes from.
enum Mirror {
  /// The source that agents push to when the environment lists none of kind inline.
  static let inlineSource = "inline"

  /// The parts of a mirror that a sync is about.
  struct Part: Sendable, Hashable {
    var environment: EnvironmentRecord
    /// All reports about the targets that the sync touches.
    var reports: [String: [TargetReport]]
    /// Those targets, as far as they exist.
    var targets: [String: TargetRecord]
  }

  /// What a sync changed, for the store to write.
  struct Changes: Sendable, Hashable {
    var outcome: SyncOutcome
    /// New reports by target.
    var reported: [String: [TargetReport]] = [:]
    /// Sources whose report about the target went.
    var withdrawn: [String: [String]] = [:]
    /// Targets that were read.
    var targets: [TargetRecord] = []
    var removed: [String] = []
  }

  /// The names that a sync touches beside those that the sources which were read as a whole told of before.
  static func namedTargets(_ sync: SyncDraft) -> Set<String> {
    var names: Set<String> = []
    for reading in sync.readings {
      switch reading.outcome {
      case .all(let targets): names.formUnion(targets.keys)
      case .some(let targets): names.formUnion(targets.keys)
      case .failed: break
      }
    }
    return names
  }

  /// The sources that were read as a whole.
  static func wholeSources(_ sync: SyncDraft) -> [String] {
    sync.readings.compactMap { if case .all = $0.outcome { $0.source } else { nil } }
  }

  /// - Throws: `EnvironmentBoundReached`.
  static func changes(by sync: SyncDraft, to part: Part) throws(EnvironmentBoundReached) -> Changes {
    var environment = part.environment
    // Times of one environment ascend even when the clock was set back.
    let next = environment.lastSyncTime.map { $0.microseconds + 1 } ?? .min
    let time = UTCInstant(microseconds: max(sync.time.microseconds, next))
    let revision = environment.revision + 1
    environment.revision = revision
    var changes = Changes(outcome: SyncOutcome(environment: environment, drift: []))
    let reports = take(sync, at: time, into: part.reports, &changes)
    let order = Dictionary(environment.sources.enumerated().map { ($1.name, $0) }) { first, _ in first }
    var drift: [TargetDrift] = []
    for name in reports.keys.sorted(by: utf8Order) {
      let old = part.targets[name]
      guard var new = merged(reports[name] ?? [], named: name, order: order, at: time) else {
        if old != nil {
          changes.removed.append(name)
          drift.append(TargetDrift(target: name, kind: .removed))
        }
        continue
      }
      new.revision = revision
      if let old, old.kind == new.kind, old.state == new.state {
        (new.version, new.changeRevision) = (old.version, old.changeRevision)
      } else {
        (new.version, new.changeRevision) = ((old?.version ?? 0) + 1, revision)
        drift += differences(from: old, to: new)
      }
      changes.targets.append(new)
    }
    let added = changes.targets.count { part.targets[$0.name] == nil }
    environment.targetCount += added - changes.removed.count
    guard added == 0 || environment.targetCount <= EnvironmentLimits.targets else {
      throw EnvironmentBoundReached(
        description: "an environment may have at most \(EnvironmentLimits.targets) targets")
    }
    note(sync, at: time, in: &environment)
    changes.outcome = SyncOutcome(environment: environment, drift: Array(drift.prefix(EnvironmentLimits.drifts)))
    return changes
  }

  /// The reports about the touched targets after the sync.
  private static func take(
    _ sync: SyncDraft, at time: UTCInstant, into old: [String: [TargetReport]], _ changes: inout Changes
  ) -> [String: [TargetReport]] {
    var reports = old
    func put(_ target: String, _ said: ReportedTarget?, from source: String) {
      reports[target, default: []].removeAll { $0.source == source }
      changes.reported[target]?.removeAll { $0.source == source }
      changes.withdrawn[target]?.removeAll { $0 == source }
      guard let said else { return changes.withdrawn[target, default: []].append(source) }
      let report = TargetReport(source: source, kind: said.kind, state: said.state, syncTime: time)
      reports[target, default: []].append(report)
      changes.reported[target, default: []].append(report)
    }
    for reading in sync.readings {
      switch reading.outcome {
      case .failed: continue
      case .some(let targets):
        for (target, said) in targets { put(target, said, from: reading.source) }
      case .all(let targets):
        for (target, known) in old
        where targets[target] == nil && known.contains(where: { $0.source == reading.source }) {
          put(target, nil, from: reading.source)
        }
        for (target, said) in targets { put(target, said, from: reading.source) }
      }
    }
    return reports
  }

  private static func note(_ sync: SyncDraft, at time: UTCInstant, in environment: inout EnvironmentRecord) {
    for reading in sync.readings {
      if !reading.isFailed { environment.lastSyncTime = time }
      guard let index = environment.sources.firstIndex(where: { $0.name == reading.source }) else { continue }
      if case .failed(let reason) = reading.outcome {
        environment.sources[index].lastError = reason
      } else {
        environment.sources[index].lastError = nil
        environment.sources[index].lastSyncTime = time
      }
    }
  }

  /// What some reports about a target say together; nil when there are none.
  static func merged(
    _ reports: [TargetReport], named name: String, order: [String: Int], at time: UTCInstant
  ) -> TargetRecord? {
    guard !reports.isEmpty else { return nil }
    func rank(_ report: TargetReport) -> (Int, Int) {
      (EnvironmentNames.isStale(report.syncTime, at: time) ? 1 : 0, order[report.source] ?? .max)
    }
    let ranked = reports.sorted { a, b in
      rank(a) != rank(b) ? rank(a) < rank(b) : utf8Order(a.source, b.source)
    }
    var state: TargetState = [:]
    var used: [TargetReport] = []
    for report in ranked {
      let before = state.count
      state.merge(report.state) { first, _ in first }
      if state.count > before { used.append(report) }
    }
    // A target of which nothing is known beyond that it is there.
    if used.isEmpty { used = [ranked[0]] }
    return TargetRecord(
      name: name, kind: ranked.first { !$0.kind.isEmpty }?.kind ?? "", state: state,
      syncTime: used.map(\.syncTime).min() ?? time, sources: used.map(\.source), version: 0, revision: 0,
      changeRevision: 0)
  }

  private static func differences(from old: TargetRecord?, to new: TargetRecord) -> [TargetDrift] {
    guard let old else { return [TargetDrift(target: new.name, kind: .added)] }
    var drift: [TargetDrift] = []
    if old.kind != new.kind {
      drift.append(
        TargetDrift(
          target: new.name, kind: .changed, key: "kind", before: .string(old.kind), after: .string(new.kind)))
    }
    for key in Set(old.state.keys).union(new.state.keys).sorted(by: utf8Order) {
      let (before, after) = (old.state[key], new.state[key])
      guard before != after else { continue }
      let kind: TargetDrift.Kind = before == nil ? .added : after == nil ? .removed : .changed
      drift.append(TargetDrift(target: new.name, kind: kind, key: key, before: before, after: after))
    }
    return drift
  }

  /// The order of the database's collation "C".
  static func utf8Order(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
}
