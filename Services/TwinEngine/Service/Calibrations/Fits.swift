import SimulationCalibration
import SimulationVehicles

/// The fits of this version, by what they are about.
struct Fits: Sendable {
  enum Data: Sendable {
    case dynamics([DynamicsRow])
    case following([FollowingRow])
    case fuel([FuelRow])
  }

  /// One fit with all that it depends on: the same problem has the same solution.
  struct Problem: Sendable {
    var data: Data
    var vehicle: VehicleParameters
    var holdoutShare: Double
    var seed: UInt64
  }

  /// - Throws: `FitRefusal`; `CancellationError` when it was stopped.
  var run: @Sendable (Problem, Workbench.Stop) throws -> ParameterFit

  static let standard = Fits { problem, stop in
    if stop.isRequested { throw CancellationError() }
    switch problem.data {
    case .dynamics(let rows):
      return try DynamicsFit.fit(
        rows, vehicle: problem.vehicle, holdoutShare: problem.holdoutShare, seed: problem.seed)
    case .following(let rows):
      return try CarFollowingFit.fit(
        rows, holdoutShare: problem.holdoutShare, seed: problem.seed, isStopped: { stop.isRequested })
    case .fuel(let rows): return try FuelFit.fit(rows, vehicle: problem.vehicle)
    }
  }
}
