import FleetCore
import TwinProto

/// Calibrates the models of an environment's targets from its synced metrics.
struct EnvironmentCalibration: Sendable {
  let store: any EnvironmentTwinStore
  let metrics: any EnvironmentMetrics
  let clock: WallClock

  /// Calibrates all environments, each one whatever becomes of the others.
  ///
  /// - Throws: the first failure, after all were tried.
  func calibrateAll() async throws {
    var failure: (any Error)?
    for id in try await store.environmentIDs() {
      do {
        _ = try await calibrate(id, from: nil, to: nil)
      } catch let error as CancellationError {
        throw error
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }

  /// Calibrates all targets that have metrics, and stores the parameters.
  ///
  /// - Returns: the targets with their parameters, ordered by name; those of which nothing can be told have none.
  func calibrate(_ id: String, from: ProtoTimestamp?, to: ProtoTimestamp?) async throws -> [TargetTwin] {
    let now = clock.now().timestamp
    var found: [String: [CalibratedParameter]] = [:]
    for twin in try await store.targets(of: id, named: nil) {
      guard let target = twin.target else { continue }
      try Task.checkCancellation()
      let series = try await metrics.series(of: target.name, in: id, from: from, to: to)
      let estimates = ParameterEstimates(
        metrics: TargetMetrics(series), state: target.state?.fields ?? [:], time: now)
      // What no metric tells any more isn't told any more either.
      found[target.name] = estimates.all()
    }
    try await store.save(found, of: id)
    return try await store.targets(of: id, named: nil).map { $0.seen(at: clock.now()) }
  }
}
