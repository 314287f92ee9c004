import FleetCore
import PostgresDriver
import SimulationInput

extension PostgresEnvironmentStore {
  func store(_ series: [SeriesName: [SeriesPoint]], of id: String) async throws -> Bool {
    let names = series.keys.sorted(bySeries: { $0 })
    let days = Set(series.values.joined().map(\.time.day))
    // Before the transaction: making a partition locks the parent table for as long as the transaction lasts.
    try await metricDays.make(days)
    return try await transaction { connection in
      // Whoever deletes the environment waits, and whoever stores into a new series takes turns.
      let there = try await connection.query(
        "SELECT 1 FROM environments WHERE environment_id = \(id) AND NOT is_deleted FOR UPDATE")
      guard !there.isEmpty else { return false }
      guard !names.isEmpty else { return true }
      let (targets, metrics, labels) = (names.map(\.target), names.map(\.metric), names.map(\.labelText))
      try await connection.query(
        """
        INSERT INTO metric_series (environment_id, target, metric, labels)
        SELECT \(id), target, metric, labels
        FROM unnest(\(targets)::text[], \(metrics)::text[], \(labels)::text[]) AS named (target, metric, labels)
        WHERE NOT EXISTS (
          SELECT FROM metric_series known WHERE known.environment_id = \(id) AND known.target = named.target
            AND known.metric = named.metric AND known.labels = named.labels)
        """)
      let count = try await connection.query("SELECT count(*) FROM metric_series WHERE environment_id = \(id)")[0]
        .decode(Int64.self)
      guard count <= EnvironmentLimits.series else { throw EnvironmentBoundReached.series }
      let keys = try await connection.query(
        """
        SELECT place, series_key
        FROM unnest(\(targets)::text[], \(metrics)::text[], \(labels)::text[]) WITH ORDINALITY
          AS named (target, metric, labels, place)
        JOIN metric_series known ON known.environment_id = \(id) AND known.target = named.target
          AND known.metric = named.metric AND known.labels = named.labels
        FOR KEY SHARE OF known
        """
      ).decode(Int64.self, Int64.self)
      guard keys.count == names.count else { throw StoreUnavailable("an empty series was dropped meanwhile") }
      var rows: (keys: [Int64], times: [Int64], values: [Double]) = ([], [], [])
      for (place, key) in keys {
        // Of points with one time the last counts.
        let values = Dictionary((series[names[Int(place) - 1]] ?? []).map { ($0.time.microseconds, $0.value) }) { $1 }
        for (time, value) in values {
          rows.keys.append(key)
          rows.times.append(time)
          rows.values.append(value)
        }
      }
      try await connection.query(
        """
        INSERT INTO metric_points (series_key, time, value)
        SELECT series_key, 'epoch'::timestamptz + time * interval '1 microsecond', value
        FROM unnest(\(rows.keys)::bigint[], \(rows.times)::bigint[], \(rows.values)::float8[])
          AS read (series_key, time, value)
        ON CONFLICT (series_key, time) DO UPDATE SET value = excluded.value
        """)
      return true
    }
  }

  func dropMetrics(before time: UTCInstant) async throws {
    try await metricDays.drop(before: time.day)
    // Series without points, unless one is being written: storing makes it and its points in one transaction.
    try await query(
      """
      DELETE FROM metric_series
      WHERE NOT EXISTS (SELECT FROM metric_points WHERE metric_points.series_key = metric_series.series_key)
      """)
  }

  func metrics(_ query: MetricQuery) async throws -> MetricPage {
    var page = MetricPage(series: [], isLast: true)
    var rest = query.pointLimit
    // Series without points in the range aren't told of, so more may have to be looked at than are told of.
    var after = query.after?.seriesKey
    var isFirst = true
    while true {
      let found = try await names(query, after: after, includingIt: isFirst && after != nil)
      for (key, name) in found {
        let points = try await points(of: key, query, limit: max(rest, 0) + 1)
        guard !points.isEmpty else { continue }
        guard rest > 0, page.series.count < query.seriesLimit else {
          page.isLast = false
          return page
        }
        page.series.append(SeriesRecord(key: key, name: name, points: Array(points.prefix(rest))))
        guard points.count <= rest else {
          page.isLast = false
          return page
        }
        rest -= points.count
      }
      guard let last = found.last, found.count == Self.seriesChunk else { return page }
      (after, isFirst) = (last.key, false)
    }
  }

  /// Series that are looked at in one statement.
  private static var seriesChunk: Int { 200 }

  private func names(_ query: MetricQuery, after: Int64?, includingIt: Bool) async throws -> [(
    key: Int64, name: SeriesName
  )] {
    let comparison = includingIt ? ">=" : ">"
    let rows = try await self.query(
      """
      SELECT series_key, target, metric, labels FROM metric_series
      WHERE environment_id = \(query.environmentID) AND (\(query.metric) = '' OR metric = \(query.metric))
        AND (\(query.target) = '' OR target = \(query.target))
        AND (\(after as Int64?)::bigint IS NULL OR (target, metric, labels) \(unescaped: comparison) (
          SELECT target, metric, labels FROM metric_series WHERE series_key = \(after as Int64?)::bigint))
      ORDER BY target, metric, labels LIMIT \(Self.seriesChunk)
      """)
    return try rows.map { row in
      let (key, target, metric, labels) = try row.decode(Int64.self, String.self, String.self, String.self)
      let values = try JSONText.object(labels).mapValues(\.summary)
      return (key, SeriesName(target: target, metric: metric, labels: values))
    }
  }

  private func points(of key: Int64, _ query: MetricQuery, limit: Int) async throws -> [SeriesPoint] {
    let (from, to) = (PostgresTimestamp(query.start(of: key)), PostgresTimestamp(query.to))
    let rows =
      if let step = query.step {
        try await self.query(
          """
          SELECT 'epoch'::timestamptz + bucket * \(step)::bigint * interval '1 microsecond', mean FROM (
            SELECT floor(extract(epoch FROM time) * 1000000 / \(step)::bigint)::bigint AS bucket, avg(value) AS mean
            FROM metric_points WHERE series_key = \(key) AND time >= \(from) AND time < \(to) GROUP BY 1) AS steps
          ORDER BY bucket LIMIT \(limit)
          """)
      } else {
        try await self.query(
          """
          SELECT time, value FROM metric_points
          WHERE series_key = \(key) AND time >= \(from) AND time < \(to) ORDER BY time LIMIT \(limit)
          """)
      }
    return try rows.decode(PostgresTimestamp.self, Double.self).map { SeriesPoint(time: UTCInstant($0), value: $1) }
  }
}
