import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// Twins of environments: applying what state-sync finds, and reading what a simulation of a change needs.
struct EnvironmentTwins: Sendable {
  static let maximumNamed = 1_000

  let store: any EnvironmentTwinStore
  let clock: WallClock

  /// Applies what a sync found.
  ///
  /// - Returns: the targets that the twin has now.
  func apply(_ request: UpdateEnvironmentRequest) async throws -> Int {
    guard let environment = request.environment, EnvironmentNames.isValid(environment.id) else {
      throw ServiceFault.invalid("environment.id", "is required")
    }
    guard let created = environment.createTime.flatMap({ UTCInstant($0) }) else {
      throw ServiceFault.invalid("environment.create_time", "is required")
    }
    for (index, target) in request.targets.enumerated() {
      if target.name.isEmpty { throw ServiceFault.invalid("targets[\(index)].name", "is required") }
      if target.version == 0 || target.version > UInt64(Int64.max) {
        throw ServiceFault.invalid("targets[\(index)].version", "is required")
      }
      if target.syncTime.flatMap({ UTCInstant($0) }) == nil {
        throw ServiceFault.invalid("targets[\(index)].sync_time", "is required")
      }
    }
    let record = EnvironmentTwinRecord(
      id: environment.id, kind: environment.kind, createTime: UTCInstant(microseconds: created.microseconds),
      syncTime: environment.lastSyncTime.flatMap { UTCInstant($0) }.map { UTCInstant(microseconds: $0.microseconds) })
    return try await store.apply(
      EnvironmentTwinUpdate(
        environment: record, targets: request.targets, removed: request.removedTargets, isDeleted: request.deleted))
  }

  /// The twin of the environment that an id or alias names.
  func find(_ name: String) async throws -> EnvironmentTwinRecord {
    guard !name.isEmpty else { throw ServiceFault.invalid("environment_id", "is required") }
    if EnvironmentNames.isValid(name) {
      if let record = try await store.environment(name) { return record }
      if let id = EnvironmentNames.meaning(of: name), let record = try await store.environment(id) { return record }
    }
    let shown = String(name.prefix(128))
    throw ServiceFault(
      .notFound, .environmentNotFound, "no environment has the id '\(shown)'", facts: ["environment": shown])
  }

  /// The twin at this moment.
  ///
  /// - Parameter names: targets; empty means all. Those that aren't known are told.
  func snapshot(_ name: String, targets names: [String]) async throws -> EnvironmentSnapshot {
    guard names.count <= Self.maximumNamed else {
      throw ServiceFault.invalid("targets", "must be at most \(Self.maximumNamed)")
    }
    let environment = try await find(name)
    let now = clock.now()
    let targets = try await store.targets(of: environment.id, named: names.isEmpty ? nil : names)
      .map { $0.seen(at: now) }
    let known = Set(targets.compactMap(\.target?.name))
    var unknown: [String] = []
    for name in names where !known.contains(name) && !unknown.contains(name) { unknown.append(name) }
    return EnvironmentSnapshot(
      environmentID: environment.id, kind: environment.kind, targets: targets,
      syncTime: environment.syncTime?.timestamp, stale: EnvironmentNames.isStale(environment.syncTime, at: now),
      unknownTargets: unknown, snapshotTime: now.timestamp)
  }
}

extension TargetTwin {
  /// The same, with `stale` as it is at a moment: that depends on when somebody asks.
  func seen(at now: UTCInstant) -> TargetTwin {
    var twin = self
    let time = twin.target?.syncTime.flatMap { UTCInstant($0) }
    twin.target?.stale = EnvironmentNames.isStale(time, at: now)
    return twin
  }
}
