import Foundation
import SimulationKernel
import Testing

@testable import SimulationVehicles

/// The manoeuvres of the reference traces; see `Tests/References/commonroad_traces.py`.
private enum Manoeuvre: String, CaseIterable {
  /// 20 m/s; 0.2 rad/s for 0.1 s, then the angle is held.
  case stepSteer = "stepsteer20"
  /// 15 m/s; δ = 0.04 rad · sin(2π · 0.5 Hz · t) for 2 s, then straight on.
  case sine = "sine0p5Hz15"

  var speed: Double { self == .stepSteer ? 20 : 15 }

  /// - Parameter start: of the step whose middle counts, so that steps add up to the angle.
  func input(from start: Double, to end: Double) -> DriveInput {
    func angle(_ time: Double) -> Double {
      switch self {
      case .stepSteer: 0.2 * min(time, 0.1)
      case .sine: time < 2 ? 0.04 * sin(.pi * time) : 0
      }
    }
    return DriveInput(steeringRate: (angle(end) - angle(start)) / (end - start))
  }
}

/// What a trace holds and what a model gives at an instant.
private struct Motion {
  var x: Double
  var y: Double
  var yawRate: Double
}

private enum Model: String, CaseIterable {
  case kinematic = "KS"
  case linear = "ST"
  case drift = "STD"

  /// The motion at each hundredth of a second for 4 s.
  func run(_ manoeuvre: Manoeuvre, _ vehicle: VehicleParameters, step: FixedStep = .milliseconds(1)) -> [Motion] {
    switch self {
    case .kinematic:
      let parameters = KinematicSingleTrack.Parameters(vehicle)
      return run(
        KinematicSingleTrack.self, PlanarState(x: 0, speed: manoeuvre.speed), parameters, manoeuvre, step
      ) { Motion(x: $0.x, y: $0.y, yawRate: KinematicSingleTrack.yawRate(of: $0, with: parameters)) }
    case .linear:
      return run(
        LinearSingleTrack.self, SingleTrackState(speed: manoeuvre.speed), LinearSingleTrack.Parameters(vehicle),
        manoeuvre, step
      ) { Motion(x: $0.x, y: $0.y, yawRate: $0.yawRate) }
    case .drift:
      let parameters = SingleTrackDrift.Parameters(vehicle)
      let start = SingleTrackDriftState(
        rolling: SingleTrackState(speed: manoeuvre.speed), wheelRadius: parameters.wheelRadius)
      return run(SingleTrackDrift.self, start, parameters, manoeuvre, step) {
        Motion(x: $0.body.x, y: $0.body.y, yawRate: $0.body.yawRate)
      }
    }
  }

  private func run<Dynamics: DynamicModel>(
    _ model: Dynamics.Type, _ start: Dynamics.State, _ parameters: Dynamics.Parameters, _ manoeuvre: Manoeuvre,
    _ step: FixedStep, _ motion: (Dynamics.State) -> Motion
  ) -> [Motion] where Dynamics.Input == DriveInput {
    var state = start
    var motions = [motion(state)]
    let perSample = step.count(covering: 0.01)
    for count in 0..<400 * perSample {
      state = Integrator.rungeKutta4(
        model, from: state, under: manoeuvre.input(from: step.time(after: count), to: step.time(after: count + 1)),
        with: parameters, for: step.seconds)
      if (count + 1) % perSample == 0 { motions.append(motion(state)) }
    }
    return motions
  }
}

/// Samples of the reference, of all parameter sets.
private let references: [(model: Model, manoeuvre: Manoeuvre, vehicle: Int, sample: Int, motion: Motion)] =
  commonRoadTraces.split(separator: "\n").compactMap { line in
    let fields = line.split(separator: ",").map(String.init)
    guard let model = Model(rawValue: fields[0]), let manoeuvre = Manoeuvre(rawValue: fields[1]),
      let vehicle = Int(fields[2]), let sample = Int(fields[3])
    else { return nil }
    let values = fields[4...].compactMap { Double($0) }
    return (model, manoeuvre, vehicle, sample, Motion(x: values[0], y: values[1], yawRate: values[2]))
  }

/// The traces that aren't part of the repository: `vehicle/CommonRoad_reference` under the folder that `TWIN_DATA` names,
/// else under `../shared/data` beside the repository.
private enum Traces {
  static let folder: URL = {
    if let named = ProcessInfo.processInfo.environment["TWIN_DATA"] {
      return URL(fileURLWithPath: named).appendingPathComponent("vehicle/CommonRoad_reference")
    }
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<5 { root.deleteLastPathComponent() }
    return root.deletingLastPathComponent().appendingPathComponent("shared/data/vehicle/CommonRoad_reference")
  }()

  static let isThere = FileManager.default.fileExists(
    atPath: folder.appendingPathComponent("veh1_stepsteer20_ST.csv").path)

  static func read(_ vehicle: Int, _ manoeuvre: Manoeuvre, _ model: Model) throws -> [Motion] {
    let file = folder.appendingPathComponent("veh\(vehicle)_\(manoeuvre.rawValue)_\(model.rawValue).csv")
    return try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst().map { line in
      let values = line.split(separator: ",").compactMap { Double($0) }
      return Motion(x: values[1], y: values[2], yawRate: values[6])
    }
  }
}

@Suite struct SingleTrackTests {
  private static let vehicles = [
    VehicleCatalogue.commonRoad1.parameters, VehicleCatalogue.commonRoad2.parameters,
    VehicleCatalogue.commonRoad3.parameters,
  ]

  /// The worst error of the yaw rate relative to the trace's largest, and of the path relative to its length so far, or
  /// to a metre where it is shorter.
  private static func errors(_ found: [Motion], _ reference: [(sample: Int, Motion)]) -> (yawRate: Double, path: Double)
  {
    let largest = reference.map { abs($0.1.yawRate) }.max() ?? 0
    var worst = (yawRate: 0.0, path: 0.0)
    for (sample, expected) in reference {
      let motion = found[sample]
      worst.yawRate = max(worst.yawRate, abs(motion.yawRate - expected.yawRate) / largest)
      let (dx, dy) = (motion.x - expected.x, motion.y - expected.y)
      let way = max(1, (expected.x * expected.x + expected.y * expected.y).squareRoot())
      worst.path = max(worst.path, (dx * dx + dy * dy).squareRoot() / way)
    }
    return worst
  }

  @Test(arguments: Manoeuvre.allCases, Model.allCases)
  fileprivate func `All parameter sets follow the reference`(manoeuvre: Manoeuvre, model: Model) {
    for (index, vehicle) in Self.vehicles.enumerated() {
      let expected = references.filter { $0.model == model && $0.manoeuvre == manoeuvre && $0.vehicle == index + 1 }
      #expect(expected.count == 8)
      let worst = Self.errors(model.run(manoeuvre, vehicle), expected.map { ($0.sample, $0.motion) })
      #expect(worst.yawRate < 0.01)
      #expect(worst.path < 0.01)
    }
  }

  @Test(
    .enabled(if: Traces.isThere, "CommonRoad_reference isn't in the data folder, so whole traces aren't compared"),
    arguments: Manoeuvre.allCases, Model.allCases)
  fileprivate func `Parameter set 1 follows the reference at every sample`(
    manoeuvre: Manoeuvre, model: Model
  ) throws {
    let reference = try Traces.read(1, manoeuvre, model)
    #expect(reference.count == 401)
    let worst = Self.errors(
      model.run(manoeuvre, Self.vehicles[0]), reference.enumerated().map { ($0.offset, $0.element) })
    #expect(worst.yawRate < 0.01)
    #expect(worst.path < 0.01)
  }

  /// With both axles' tyres as stiff for their load the linear car is neutral: ψ' = v·δ/L at any speed.
  @Test(arguments: [5.0, 15, 30])
  func `A steady turn of a neutral car has the yaw rate of its geometry`(speed: Double) {
    for vehicle in Self.vehicles {
      let parameters = LinearSingleTrack.Parameters(vehicle)
      let steering = 2 / (speed * speed) * parameters.wheelbase
      var state = SingleTrackState(steering: steering, speed: speed)
      for _ in 0..<10_000 {
        state = Integrator.rungeKutta4(
          LinearSingleTrack.self, from: state, under: DriveInput(), with: parameters, for: 0.001)
      }
      #expect(abs(state.yawRate / (speed * steering / parameters.wheelbase) - 1) < 1e-6)
      // Lateral acceleration 2 m/s², so slip = l_r/R − a_y/(μ·C_S·g).
      let slip =
        parameters.cgToRear * state.yawRate / speed
        - state.yawRate * speed / (parameters.friction * parameters.corneringStiffness * gravity)
      #expect(abs(state.slip - slip) < 1e-9)
    }
  }

  private static func drive(
    _ state: SingleTrackDriftState, _ input: DriveInput, _ parameters: SingleTrackDrift.Parameters, seconds: Double,
    step: Double = 0.000_5
  ) -> SingleTrackDriftState {
    var state = state
    for _ in 0..<Int((seconds / step).rounded()) {
      state = Integrator.rungeKutta4(SingleTrackDrift.self, from: state, under: input, with: parameters, for: step)
    }
    return state
  }

  @Test(arguments: [0.2, 0.5, 1.0])
  func `A drifting car turns no faster than friction lets it`(friction: Double) {
    for vehicle in Self.vehicles {
      let parameters = SingleTrackDrift.Parameters(vehicle, friction: friction)
      let start = SingleTrackDriftState(
        rolling: SingleTrackState(steering: 0.1, speed: 25), wheelRadius: parameters.wheelRadius)
      let end = Self.drive(start, DriveInput(), parameters, seconds: 1.5)
      #expect(end.isFinite)
      let rate = SingleTrackDrift.rate(of: end, under: DriveInput(), with: parameters)
      let lateral = end.body.speed * (rate.body.heading + rate.body.slip)
      #expect(abs(lateral) <= friction * gravity * 1.02)
      #expect(abs(lateral) > 0.6 * friction * gravity)
    }
  }

  @Test(arguments: [0.2, 0.3, 0.5])
  func `Locked wheels brake a drifting car with what the tyre has left`(friction: Double) {
    let parameters = SingleTrackDrift.Parameters(Self.vehicles[0], friction: friction)
    let start = SingleTrackDriftState(rolling: SingleTrackState(speed: 20), wheelRadius: parameters.wheelRadius)
    let end = Self.drive(start, DriveInput(acceleration: -11), parameters, seconds: 1)
    #expect(end.frontWheels < 0.5 && end.rearWheels < 0.5)
    let peak = parameters.tyre.pDx1 * parameters.tyre.frictionScale * gravity
    let deceleration = 20 - end.body.speed
    #expect((0.5 * peak...peak).contains(deceleration))
    #expect(abs(end.body.y) < 0.05)
  }

  @Test func `A drifting car starts from rest and rolls as it is driven`() {
    let parameters = SingleTrackDrift.Parameters(Self.vehicles[1])
    let start = SingleTrackDriftState(
      rolling: SingleTrackState(steering: 0.1, speed: 0), wheelRadius: parameters.wheelRadius)
    // The formula's offsets push it by less than a millimetre a second.
    #expect(abs(Self.drive(start, DriveInput(), parameters, seconds: 1).body.speed) < 0.001)
    let end = Self.drive(start, DriveInput(acceleration: 1), parameters, seconds: 3, step: 0.000_02)
    #expect(abs(end.body.speed - 3) < 0.3)
    #expect(abs(end.rearWheels * parameters.wheelRadius - end.body.speed) < 0.1)
    let circle = end.body.speed * tan(0.1) / parameters.body.wheelbase
    #expect(abs(end.body.yawRate / circle - 1) < 0.05)
  }

  @Test func `Actuators hold their limits`() {
    let limits = DriveLimits(steeringAngle: 0.5, steeringRate: 0.4, acceleration: 6)
    let hard = DriveInput(steeringRate: 9, acceleration: -20)
    #expect(limits.applied(hard, steering: 0, speed: 5) == DriveInput(steeringRate: 0.4, acceleration: -6))
    #expect(limits.applied(hard, steering: 0.5, speed: 0) == DriveInput())
    #expect(limits.applied(hard, steering: -0.6, speed: 5).steeringRate == 0.4)
    #expect(limits.applied(DriveInput(steeringRate: -1), steering: -0.6, speed: 5).steeringRate == 0)
  }

  /// The error that the documentation of the drift model states.
  @Test func `The drift model needs steps of a millisecond above 4 metres a second`() {
    for manoeuvre in Manoeuvre.allCases {
      let coarse = Model.drift.run(manoeuvre, Self.vehicles[0])
      let fine = Model.drift.run(manoeuvre, Self.vehicles[0], step: .microseconds(100))
      let worst = Self.errors(coarse, fine.enumerated().map { ($0.offset, $0.element) })
      #expect(worst.yawRate < 1e-5)
      #expect(worst.path < 1e-7)
    }
  }
}
