import SimulationKernel
import SimulationVehicles
import Testing

private let speedsKmh: [Double] = [30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130]
private let frictions = [0.1, 0.2, 0.5, 0.8]

/// Stops from `speed` with a demand at the start and returns the vehicle at rest.
private func stop(
  from speed: Double, friction: Double, actuator: BrakeActuator = BrakeActuator(deadTime: 0, ramp: 0),
  step: FixedStep = .milliseconds(5), configure: (inout LongitudinalModel.Parameters) -> Void = { _ in }
) -> BrakingVehicle {
  var parameters = LongitudinalModel.Parameters(frictionLimit: friction * gravity, brakeLimit: 12)
  configure(&parameters)
  var vehicle = BrakingVehicle(parameters: parameters, actuator: actuator, speed: speed)
  vehicle.brake(12)
  for count in 1...1_000_000 where !vehicle.isAtRest { vehicle.advance(to: step.time(after: count)) }
  return vehicle
}

@Suite struct BrakingTests {
  @Test(arguments: speedsKmh, frictions)
  func `An ideal stop takes v²/2μg`(kmh: Double, friction: Double) {
    let vehicle = stop(from: kmh / 3.6, friction: friction)
    let closedForm = StoppingDistance.ideal(from: kmh / 3.6, deceleration: friction * gravity)
    #expect(abs(vehicle.state.position / closedForm - 1) < 1e-9)
    #expect(abs(vehicle.stopTime - kmh / 3.6 / (friction * gravity)) < 1e-9)
  }

  @Test(arguments: speedsKmh, frictions)
  func `A stop with lag takes the closed form`(kmh: Double, friction: Double) {
    let actuator = BrakeActuator(deadTime: 0.1, ramp: 0.2)
    let vehicle = stop(from: kmh / 3.6, friction: friction, actuator: actuator)
    let exact = StoppingDistance.withLag(from: kmh / 3.6, deceleration: friction * gravity, actuator: actuator)
    let handbook =
      kmh / 3.6 * actuator.equivalentDelay
      + StoppingDistance.ideal(from: kmh / 3.6, deceleration: friction * gravity)
    #expect(abs(vehicle.state.position / exact - 1) < 1e-9)
    #expect(abs(vehicle.state.position / handbook - 1) < 0.02)
  }

  @Test func `The reference stops from 60 km/h take 17.70 and 21.0 metres`() {
    let ideal = stop(from: 60 / 3.6, friction: 0.8).state.position
    let lagged = stop(from: 60 / 3.6, friction: 0.8, actuator: BrakeActuator(deadTime: 0.1, ramp: 0.2)).state.position
    #expect(abs(ideal - 17.70) < 0.01)
    #expect(abs(lagged - 21.0) < 0.05)
  }

  private func laggedDistance(step: FixedStep, rolling: Double) -> Double {
    stop(from: 33.3, friction: 0.8, actuator: BrakeActuator(deadTime: 0.123_4, ramp: 0.217), step: step) {
      $0.roadLoadA = rolling
      $0.roadLoadC = 0.0003
    }.state.position
  }

  @Test(arguments: [1, 2, 5, 10, 20, 50])
  func `The stopping distance doesn't depend on the step`(milliseconds: Int64) {
    let reference = laggedDistance(step: .microseconds(100), rolling: 0)
    #expect(abs(laggedDistance(step: .milliseconds(milliseconds), rolling: 0) - reference) < 1e-7)
  }

  @Test func `Reaching the friction limit inside a step costs less than a millimetre at 5 ms`() {
    let reference = laggedDistance(step: .microseconds(10), rolling: 0.07)
    #expect(abs(laggedDistance(step: .milliseconds(5), rolling: 0.07) - reference) < 0.001)
  }

  @Test func `Air drag shortens a stop on ice as its closed form says`() {
    let vehicle = stop(from: 130 / 3.6, friction: 0.1) { $0.roadLoadC = 0.000_222 }
    let closedForm = StoppingDistance.withAirDrag(from: 130 / 3.6, deceleration: 0.981, dragPerMass: 0.000_222)
    #expect(abs(vehicle.state.position / closedForm - 1) < 1e-9)
    #expect(closedForm < 0.9 * StoppingDistance.ideal(from: 130 / 3.6, deceleration: 0.981))
  }

  @Test func `Rolling resistance adds nothing where the tyres are at their limit`() {
    let vehicle = stop(from: 20, friction: 0.5) { $0.roadLoadA = 0.1 }
    #expect(abs(vehicle.state.position - StoppingDistance.ideal(from: 20, deceleration: 0.5 * gravity)) < 1e-9)
  }

  @Test func `Weak brakes, not friction, limit a stop on a good road`() {
    let vehicle = stop(from: 20, friction: 0.9) { $0.brakeLimit = 5 }
    #expect(abs(vehicle.state.position - 40) < 1e-9)
  }

  @Test func `A descent lengthens a stop and an ascent shortens it`() {
    func distance(_ grade: Double) -> Double {
      var vehicle = VehicleCatalogue.all[0].parameters
      vehicle.brakeDeadTime = 0
      let parameters = LongitudinalModel.Parameters(
        vehicle: vehicle, mass: vehicle.mass, friction: 0.5, grade: grade, includesRoadLoad: false)
      var stopping = BrakingVehicle(
        parameters: parameters, actuator: BrakeActuator(deadTime: 0, ramp: 0), speed: 20)
      stopping.brake(10)
      stopping.advance(to: 60)
      return stopping.state.position
    }
    // v²/2g(μ·cos θ ± sin θ) with tan θ = 0.1.
    let cosine = 1 / (1.01).squareRoot()
    #expect(abs(distance(0.1) - 400 / (2 * gravity * cosine * 0.6)) < 1e-6)
    #expect(abs(distance(-0.1) - 400 / (2 * gravity * cosine * 0.4)) < 1e-6)
  }

  @Test func `A vehicle at rest stays at rest`() {
    var vehicle = stop(from: 10, friction: 0.8)
    let (position, stopTime) = (vehicle.state.position, vehicle.stopTime)
    vehicle.brake(9)
    vehicle.advance(to: 100)
    #expect(vehicle.state.position == position)
    #expect(vehicle.state.speed == 0)
    #expect(vehicle.stopTime == stopTime)
    #expect(vehicle.acceleration == 0)
  }

  @Test func `A vehicle nobody brakes holds its speed against road load`() {
    let sedan = VehicleCatalogue.all[0].parameters
    var vehicle = BrakingVehicle(
      parameters: .init(vehicle: sedan, mass: sedan.mass, friction: 0.8),
      actuator: BrakeActuator(deadTime: 0.1, ramp: 0.2), speed: 25)
    vehicle.advance(to: 10)
    #expect(vehicle.state.speed == 25)
    #expect(abs(vehicle.state.position - 250) < 1e-9)
  }

  @Test func `Nothing happens in the dead time, half of the deceleration at half of the ramp`() {
    var vehicle = BrakingVehicle(
      parameters: .init(frictionLimit: 8, brakeLimit: 12), actuator: BrakeActuator(deadTime: 0.1, ramp: 0.2), speed: 20)
    vehicle.brake(10)
    vehicle.advance(to: 0.099)
    #expect(vehicle.acceleration == 0)
    vehicle.advance(to: 0.2)
    #expect(abs(vehicle.acceleration + 4) < 1e-9)
    vehicle.advance(to: 0.4)
    #expect(vehicle.acceleration == -8)
  }

  @Test func `Payload weakens the brakes but not the tyres`() {
    let truck = VehicleCatalogue.all[3].parameters
    let loaded = LongitudinalModel.Parameters(vehicle: truck, mass: 2 * truck.mass, friction: 0.75)
    #expect(loaded.brakeLimit == truck.maxDeceleration / 2)
    #expect(abs(loaded.frictionLimit - 0.75 * gravity) < 1e-12)
  }
}
