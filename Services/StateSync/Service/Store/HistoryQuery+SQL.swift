import FleetCore
import PostgresDriver

extension HistoryQuery {
  var sql: SQL {
    var parameters: [PostgresValue] = []
    func bind(_ value: PostgresValue) -> String {
      parameters.append(value)
      return "$\(parameters.count)"
    }
    var conditions = [
      "vehicle_key = \(bind(.int4(vehicleKey)))", "time < \(bind(.timestamptz(PostgresTimestamp(to))))",
    ]
    if let from { conditions.append("time >= \(bind(.timestamptz(PostgresTimestamp(from))))") }
    if let sourceKey { conditions.append("source_key = \(bind(.int4(sourceKey)))") }
    if let after {
      let place = [
        bind(.timestamptz(PostgresTimestamp(after.time))), bind(.int4(after.sourceKey)),
        bind(.int8(Int64(after.sequence))),
      ]
      conditions.append("(time, source_key, sequence) > (\(place.joined(separator: ", ")))")
      // Says nothing new, but tells which days needn't be looked at.
      conditions.append("time >= \(place[0])")
    }
    let condition = conditions.joined(separator: " AND ")
    let (columns, order) = (TelemetryColumns.list, "time, source_key, sequence")
    // One more, to know whether anything follows.
    let (last, weight) = (bind(.int8(Int64(limit) + 1)), bind(.int8(Int64(bytes))))
    guard let interval = intervalMicroseconds else {
      let rows = "SELECT \(columns) FROM telemetry WHERE \(condition) ORDER BY \(order) LIMIT \(last)"
      return SQL(TelemetryColumns.page(of: rows, order: order, bytes: weight), parameters)
    }
    // Goes along the index and stops after `limit` intervals, however long the history is.
    let length = bind(.int8(interval))
    let rows = """
      SELECT \(columns) FROM (
        SELECT *, lead(bucket) OVER (ORDER BY \(order)) AS next_bucket FROM (
          SELECT \(columns), floor(extract(epoch FROM time) * 1000000 / \(length)) AS bucket
          FROM telemetry WHERE \(condition)) AS numbered) AS followed
      WHERE next_bucket IS DISTINCT FROM bucket ORDER BY \(order) LIMIT \(last)
      """
    return SQL(TelemetryColumns.page(of: rows, order: order, bytes: weight), parameters)
  }
}
