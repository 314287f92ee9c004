import FleetCore
import SimulationBehaviour
import SimulationEstimation
import SimulationValidation
import SimulationVehicles
import TwinProto

/// Judges twins by their vehicles' history: the four validation metrics.
struct Validations: Sendable {
  let history: HistoryReader
  let bench: Workbench
  let clock: WallClock

  /// - Parameter seconds: the window up to now.
  func report(of twin: TwinRecord, over seconds: Double) async throws -> ValidationReport {
    let place = try bench.place(for: "validations")
    let samples = try await history.newest(of: twin.id, to: clock.now(), reach: seconds)
    let subject = ValidationSubject(
      vehicle: VirtualVehicle(singleTrack: ModelTypes.singleTrack(twin)),
      driver: Self.driver(TwinParameters.driver(of: twin)), power: ModelTypes.parameters(of: twin).map(Self.power))
    let verdict = try await bench.compute(holding: place) { stop in
      var drive: [ValidationSample] = []
      drive.reserveCapacity(samples.count)
      for sample in samples {
        guard let time = sample.time.flatMap({ UTCInstant($0) }) else { continue }
        var row = ValidationSample(VehicleSample(sample, sequence: UInt64(drive.count + 1), time: time))
        row.leaderGap = sample.leaderGapM
        row.leaderSpeed = sample.leaderSpeedMps
        row.energy = sample.energyJ
        drive.append(row)
      }
      guard let verdict = TwinValidation(of: drive, subject, isStopped: { stop.isRequested }) else {
        throw CancellationError()
      }
      return verdict
    }
    return ValidationReport(
      vehicleID: twin.id, physicsAccuracy: ValidationMetric(verdict.physicsAccuracy),
      sensorFidelity: ValidationMetric(verdict.sensorFidelity),
      behaviouralConsistency: ValidationMetric(verdict.behaviouralConsistency),
      performanceCorrelation: ValidationMetric(verdict.performanceCorrelation), sampleCount: UInt64(samples.count),
      from: samples.first?.time, to: samples.last?.time, calibrationVersion: twin.calibrationVersion)
  }
}

extension Validations {
  /// What a driver does in the next second behind a leader who keeps its speed: its mean acceleration, m/s².
  private static func driver(_ parameters: DriverParameters) -> @Sendable (Double, Double, Double) -> Double {
    { gap, speed, leaderSpeed in
      var follower = CarFollower(parameters, gap: gap, speed: max(0, speed), leaderSpeed: max(0, leaderSpeed))
      let steps = Int((1 / CarFollower.stepLength).rounded())
      for _ in 0..<steps { follower.advance(leaderFrom: max(0, leaderSpeed), to: max(0, leaderSpeed)) }
      return (follower.speed - max(0, speed)) / (Double(steps) * CarFollower.stepLength)
    }
  }

  /// The mean power that a vehicle draws in a second with a mean speed and an acceleration, W.
  private static func power(_ vehicle: VehicleParameters) -> @Sendable (Double, Double) -> Double {
    let line = WillansLine(efficiency: vehicle.willansEfficiency, offset: vehicle.willansOffset)
    return { speed, acceleration in
      var demand = WillansLine.Demand()
      demand.add(from: speed - 0.5 * acceleration, to: speed + 0.5 * acceleration, seconds: 1, vehicle: vehicle)
      return line.energy(for: demand, recuperates: vehicle.fuel == .electric)
    }
  }
}

extension ValidationMetric {
  fileprivate init(_ metric: TwinValidation.Metric) {
    self.init(
      value: metric.value, count: UInt64(metric.count), method: metric.method,
      details: metric.details.filter(\.value.isFinite))
  }
}
