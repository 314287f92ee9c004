import FleetCore
import PostgresDriver

extension PostgresEnvironmentStore {
  func commit(_ sync: SyncDraft, of id: String) async throws -> SyncOutcome? {
    try await transaction { connection in
      // Syncs of one environment take turns, also those of different processes.
      guard
        let environment = try await records(
          """
          SELECT \(unescaped: Self.columns) FROM environments WHERE environment_id = \(id) AND NOT is_deleted FOR UPDATE
          """, on: connection
        ).first
      else { return nil }
      var names = Mirror.namedTargets(sync)
      let known = try await connection.query(
        """
        SELECT DISTINCT target FROM environment_reports
        WHERE environment_id = \(id) AND source = ANY(\(Mirror.wholeSources(sync)))
        """)
      names.formUnion(try known.map { try $0.decode(String.self) })
      var part = Mirror.Part(environment: environment, reports: [:], targets: [:])
      let wanted = names.sorted(by: Mirror.utf8Order)
      for row in try await connection.query(
        """
        SELECT target, source, kind, state::text, sync_time FROM environment_reports
        WHERE environment_id = \(id) AND target = ANY(\(wanted))
        """)
      {
        let (target, source, kind, state, time) = try row.decode(
          String.self, String.self, String.self, String.self, PostgresTimestamp.self)
        part.reports[target, default: []].append(
          TargetReport(source: source, kind: kind, state: try JSONText.object(state), syncTime: UTCInstant(time)))
      }
      let targets = try await connection.query(
        """
        SELECT \(unescaped: Self.targetColumns) FROM environment_targets
        WHERE environment_id = \(id) AND name = ANY(\(wanted))
        """)
      for row in targets {
        let target = try Self.target(row)
        part.targets[target.name] = target
      }
      let changes = try Mirror.changes(by: sync, to: part)
      try await write(changes, on: connection)
      return changes.outcome
    }
  }

  private func write(_ changes: Mirror.Changes, on connection: PostgresConnection) async throws {
    let environment = changes.outcome.environment
    let id = environment.id
    try await connection.query(
      """
      UPDATE environments SET revision = \(environment.revision), target_count = \(environment.targetCount),
        last_sync_time = \(nullable: environment.lastSyncTime.map { PostgresTimestamp($0) })
      WHERE environment_id = \(id)
      """)
    for source in environment.sources {
      try await connection.query(
        """
        UPDATE environment_sources SET last_error = \(source.lastError as String?),
          last_sync_time = \(nullable: source.lastSyncTime.map { PostgresTimestamp($0) })
        WHERE environment_id = \(id) AND name = \(source.name)
        """)
    }
    let withdrawn = changes.withdrawn.flatMap { target, sources in sources.map { (target, $0) } }
    if !withdrawn.isEmpty {
      try await connection.query(
        """
        DELETE FROM environment_reports USING unnest(\(withdrawn.map(\.0))::text[], \(withdrawn.map(\.1))::text[])
          AS gone (target, source)
        WHERE environment_id = \(id) AND environment_reports.target = gone.target
          AND environment_reports.source = gone.source
        """)
    }
    let reports = changes.reported.flatMap { target, reports in reports.map { (target, $0) } }
    if !reports.isEmpty {
      let times = reports.map(\.1.syncTime.microseconds)
      try await connection.query(
        """
        INSERT INTO environment_reports (environment_id, target, source, kind, state, sync_time)
        SELECT \(id), target, source, kind, state::jsonb, 'epoch'::timestamptz + time * interval '1 microsecond'
        FROM unnest(\(reports.map(\.0))::text[], \(reports.map(\.1.source))::text[], \(reports.map(\.1.kind))::text[],
          \(try reports.map { try JSONText.text($0.1.state) })::text[], \(times)::bigint[])
          AS said (target, source, kind, state, time)
        ON CONFLICT (environment_id, target, source) DO UPDATE
        SET kind = excluded.kind, state = excluded.state, sync_time = excluded.sync_time
        """)
    }
    if !changes.removed.isEmpty {
      try await connection.query(
        "DELETE FROM environment_targets WHERE environment_id = \(id) AND name = ANY(\(changes.removed))")
      try await connection.query(
        """
        INSERT INTO environment_removals (environment_id, name, revision)
        SELECT \(id), name, \(environment.revision) FROM unnest(\(changes.removed)::text[]) AS gone (name)
        ON CONFLICT (environment_id, name) DO UPDATE SET revision = excluded.revision
        """)
    }
    guard !changes.targets.isEmpty else { return }
    try await connection.query(
      """
      INSERT INTO environment_targets
        (environment_id, name, kind, state, sync_time, sources, version, revision, change_revision)
      SELECT \(id), name, kind, state::jsonb, 'epoch'::timestamptz + time * interval '1 microsecond',
        string_to_array(sources, ','), version, revision, change_revision
      FROM unnest(\(changes.targets.map(\.name))::text[], \(changes.targets.map(\.kind))::text[],
        \(try changes.targets.map { try JSONText.text($0.state) })::text[],
        \(changes.targets.map(\.syncTime.microseconds))::bigint[],
        \(changes.targets.map { $0.sources.joined(separator: ",") })::text[],
        \(changes.targets.map(\.version))::bigint[], \(changes.targets.map(\.revision))::bigint[],
        \(changes.targets.map(\.changeRevision))::bigint[])
        AS read (name, kind, state, time, sources, version, revision, change_revision)
      ON CONFLICT (environment_id, name) DO UPDATE
      SET kind = excluded.kind, state = excluded.state, sync_time = excluded.sync_time, sources = excluded.sources,
        version = excluded.version, revision = excluded.revision, change_revision = excluded.change_revision
      """)
  }
}
