import SimulationEstimation
import SimulationKernel
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A motion whose state at every instant is known in closed form.
private struct Truth: Sendable {
  var x: Double
  var y: Double
  var heading: Double
  var speed: Double
  var acceleration = 0.0
  var yawRate = 0.0

  static func straight(speed: Double, acceleration: Double = 0, heading: Double, at t: Double) -> Truth {
    let distance = speed * t + 0.5 * acceleration * t * t
    return Truth(
      x: distance * cos(heading), y: distance * sin(heading), heading: heading, speed: speed + acceleration * t,
      acceleration: acceleration)
  }

  static func circle(speed: Double, yawRate: Double, at t: Double) -> Truth {
    let radius = speed / yawRate
    return Truth(
      x: radius * sin(yawRate * t), y: radius * (1 - cos(yawRate * t)), heading: yawRate * t, speed: speed,
      yawRate: yawRate)
  }

  /// Everything measured, without noise, `index` tenths of a second after the start.
  func sample(_ index: Int) -> VehicleSample {
    var sample = VehicleSample(sequence: UInt64(index + 1), nanoseconds: start + Int64(index) * 100_000_000)
    sample.local = .init(x: x, y: y)
    sample.heading = heading
    sample.speed = speed
    sample.acceleration = acceleration
    sample.yawRate = yawRate
    return sample
  }
}

private let start: Int64 = 1_700_000_000_000_000_000

/// Acceleration and curvature go on as they are.
private let steady: EstimationParameters = {
  var parameters = EstimationParameters()
  parameters.accelerationTime = .infinity
  parameters.curvatureTime = .infinity
  return parameters
}()

private func vehicle(
  _ samples: Int = 50, parameters: EstimationParameters = steady, change: (inout VehicleSample) -> Void = { _ in },
  truth: (Double) -> Truth
) -> VirtualVehicle {
  var vehicle = VirtualVehicle(parameters: parameters)
  for index in 0..<samples {
    var sample = truth(Double(index) * 0.1).sample(index)
    change(&sample)
    _ = vehicle.ingest(sample)
  }
  return vehicle
}

private func expectPredictions(
  of vehicle: VirtualVehicle, at time: Double, within tolerance: Double, truth: (Double) -> Truth,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let predictions = vehicle.predictions()
  #expect(predictions.map(\.seconds) == [0.5, 1, 2, 3, 5], sourceLocation: sourceLocation)
  for prediction in predictions {
    let expected = truth(time + prediction.seconds)
    #expect(abs(prediction.local.x - expected.x) < tolerance, sourceLocation: sourceLocation)
    #expect(abs(prediction.local.y - expected.y) < tolerance, sourceLocation: sourceLocation)
    #expect(abs(prediction.speed - expected.speed) < tolerance, sourceLocation: sourceLocation)
    #expect(abs(Angle.wrapped(prediction.heading - expected.heading)) < 0.01, sourceLocation: sourceLocation)
  }
  let deviations = predictions.map(\.deviation)
  #expect(zip(deviations, deviations.dropFirst()).allSatisfy { $0 < $1 }, sourceLocation: sourceLocation)
}

@Suite struct ClosedFormMotionTests {
  @Test(arguments: [0, 1, 2.5, -2.8])
  func `Constant velocity goes on as it was`(heading: Double) {
    let truth = { Truth.straight(speed: 20, heading: heading, at: $0) }
    expectPredictions(of: vehicle(truth: truth), at: 4.9, within: 0.01, truth: truth)
  }

  @Test func `Constant acceleration is found and goes on`() {
    let truth = { Truth.straight(speed: 5, acceleration: 1.5, heading: 0.7, at: $0) }
    expectPredictions(of: vehicle(truth: truth), at: 4.9, within: 0.2, truth: truth)
  }

  @Test func `A circle is followed at its radius`() {
    let truth = { Truth.circle(speed: 10, yawRate: 0.2, at: $0) }
    expectPredictions(of: vehicle(truth: truth), at: 4.9, within: 0.1, truth: truth)
  }

  @Test func `A standing vehicle stays where it is, however long`() throws {
    let truth = { (_: Double) in Truth(x: 3, y: 4, heading: 1, speed: 0) }
    let vehicle = vehicle(300, truth: truth)
    expectPredictions(of: vehicle, at: 29.9, within: 0.01, truth: truth)
    #expect(abs(try #require(vehicle.state?.heading) - 1) < 0.01)
  }

  @Test func `A braking vehicle is predicted to stop, not to reverse`() throws {
    let vehicle = vehicle(20) { Truth.straight(speed: 10, acceleration: -3, heading: 0, at: $0) }
    // At 1.9 s it has 4.3 m/s left, which last 1.43 s and 3.08 m.
    let last = try #require(vehicle.predictions().last)
    #expect(last.speed == 0)
    let position = Truth.straight(speed: 10, acceleration: -3, heading: 0, at: 1.9).x
    #expect(abs(last.local.x - position - 4.3 * 4.3 / 6) < 0.1)
  }

  @Test func `A reversing vehicle moves against its heading`() throws {
    let truth = { Truth.straight(speed: -2, heading: 0.5, at: $0) }
    let vehicle = vehicle(100, truth: truth)
    expectPredictions(of: vehicle, at: 9.9, within: 0.01, truth: truth)
    #expect(abs(try #require(vehicle.state?.heading) - 0.5) < 0.01)
  }

  @Test func `An acceleration that decays does so by Singer's model`() throws {
    var parameters = EstimationParameters()
    parameters.accelerationTime = 4
    let vehicle = vehicle(100, parameters: parameters) { Truth.straight(speed: 2, acceleration: 1, heading: 0, at: $0) }
    let state = try #require(vehicle.state)
    let start = try #require(state.local).x
    for prediction in vehicle.predictions() {
      let (t, tau) = (prediction.seconds, 4.0)
      let speed = state.speed + state.acceleration * tau * (1 - exp(-t / tau))
      let way = state.speed * t + state.acceleration * tau * (t - tau * (1 - exp(-t / tau)))
      #expect(abs(prediction.speed - speed) < 1e-9)
      // What a step leaves out: a·h³/(6·τ), ten times.
      #expect(abs(prediction.local.x - start - way) < 0.05)
    }
  }

  @Test func `A curvature that decays turns the vehicle by its integral`() throws {
    var parameters = EstimationParameters()
    parameters.curvatureTime = 5
    let vehicle = vehicle(100, parameters: parameters) { Truth.circle(speed: 10, yawRate: 0.2, at: $0) }
    let state = try #require(vehicle.state)
    let last = try #require(vehicle.predictions().last)
    let turn = state.yawRate * 5 * (1 - exp(-1))
    let heading = try #require(state.heading)
    #expect(abs(Angle.wrapped(last.heading - heading - turn)) < 0.05)
  }

  @Test func `A vehicle that stops in a curve doesn't turn while it stands, and turns again when it drives`() throws {
    // Brakes from 5 m/s by 1 m/s² on a circle of 20 m, stands from the fifth second on, and drives off in the tenth.
    let truth = { (t: Double) in
      let braked = min(t, 5)
      let started = max(0, t - 10)
      let way = 5 * braked - 0.5 * braked * braked + 0.5 * started * started
      let speed = 5 - braked + started
      return Truth(
        x: 20 * sin(way / 20), y: 20 * (1 - cos(way / 20)), heading: way / 20, speed: speed,
        acceleration: t < 5 ? -1 : t > 10 ? 1 : 0, yawRate: speed / 20)
    }
    let state = try #require(vehicle(95, truth: truth).state)
    #expect(abs(state.yawRate) < 0.001)
    #expect(abs(Angle.wrapped(try #require(state.heading) - 12.5 / 20)) < 0.005)
    #expect(abs(state.curvature - 0.05) < 0.02)
    let later = try #require(vehicle(130, truth: truth).state)
    #expect(abs(later.yawRate - 2.9 / 20) < 0.01)
  }

  @Test func `The state between two samples is extrapolated`() throws {
    let vehicle = vehicle { Truth.straight(speed: 20, heading: 0, at: $0) }
    let state = try #require(vehicle.state(at: start + 4_950_000_000))
    #expect(abs(try #require(state.local).x - 99) < 0.01)
    #expect(vehicle.state(at: start)?.local == vehicle.state?.local)
  }
}

@Suite struct IncompleteSampleTests {
  @Test func `Position alone gives speed, direction and acceleration`() {
    let truth = { Truth.straight(speed: 15, heading: 0.6, at: $0) }
    let vehicle = vehicle(
      200,
      change: {
        let position = $0.local
        $0 = VehicleSample(sequence: $0.sequence, nanoseconds: $0.nanoseconds)
        $0.local = position
      }, truth: truth)
    expectPredictions(of: vehicle, at: 19.9, within: 0.5, truth: truth)
  }

  @Test func `Steering stands in for a yaw rate that isn't measured`() throws {
    let wheelbase = 2.8
    let vehicle = vehicle(
      change: {
        $0.yawRate = nil
        $0.heading = nil
        $0.steering = atan(wheelbase * 0.2 / 10)
      }, truth: { Truth.circle(speed: 10, yawRate: 0.2, at: $0) })
    #expect(abs(try #require(vehicle.state).yawRate - 0.2) < 0.01)
  }

  @Test func `Samples without position update the rest`() throws {
    var vehicle = VirtualVehicle()
    for index in 0..<20 {
      var sample = VehicleSample(sequence: UInt64(index + 1), nanoseconds: start + Int64(index) * 100_000_000)
      sample.speed = 12
      #expect(vehicle.ingest(sample) == (index == 0 ? .started : .applied))
    }
    let state = try #require(vehicle.state)
    #expect(abs(state.speed - 12) < 0.01)
    #expect(state.local == nil)
    #expect(state.heading == nil)
    #expect(vehicle.predictions().isEmpty)
  }

  @Test func `Geographic positions come back as such`() throws {
    let frame = LocalFrame(origin: GeodeticPosition(latitude: 46.9, longitude: 16.8))
    let truth = { Truth.straight(speed: 20, heading: 0.3, at: $0) }
    let vehicle = vehicle(
      change: { sample in
        sample.geodetic = sample.local.flatMap { frame.geodetic(x: $0.x, y: $0.y) }
        sample.local = nil
      }, truth: truth)
    expectPredictions(of: vehicle, at: 4.9, within: 0.01, truth: truth)
    let predicted = try #require(vehicle.predictions().last?.geodetic)
    let expected = try #require(frame.geodetic(x: truth(9.9).x, y: truth(9.9).y))
    #expect(abs(predicted.latitude - expected.latitude) < 1e-7)
    #expect(abs(predicted.longitude - expected.longitude) < 1e-7)
  }

  @Test func `A heading in another convention is found out and left out`() throws {
    let truth = { Truth.straight(speed: 15, heading: 0, at: $0) }
    let vehicle = vehicle(100, change: { $0.heading = .pi / 2 }, truth: truth)
    expectPredictions(of: vehicle, at: 9.9, within: 1, truth: truth)
    #expect(vehicle.divergence.heading == nil)
  }
}

@Suite struct DisorderTests {
  private let truth = { Truth.straight(speed: 20, heading: 0, at: $0) }

  @Test func `Repeated, late and missing samples are told apart and change nothing`() {
    var vehicle = vehicle(10, truth: truth)
    let before = vehicle.state
    #expect(vehicle.ingest(truth(0.9).sample(9)) == .duplicate)
    #expect(vehicle.ingest(truth(0.4).sample(4)) == .duplicate)
    #expect(vehicle.state == before)
    #expect(vehicle.ingest(truth(1.2).sample(12)) == .applied)
    #expect(vehicle.counts.missing == 2)
    #expect(vehicle.ingest(truth(1.0).sample(10)) == .late(nanoseconds: 200_000_000))
    #expect(vehicle.ingest(truth(1.0).sample(10)) == .duplicate)
    #expect(vehicle.counts.missing == 1)
    #expect(vehicle.counts.applied == 11)
    #expect(vehicle.counts.late == 1)
    #expect(vehicle.counts.duplicate == 3)
    #expect(vehicle.lastSequence == 13)
  }

  @Test func `Lost samples don't disturb the estimate`() {
    var vehicle = VirtualVehicle()
    for index in 0..<100 where index % 4 != 1 { _ = vehicle.ingest(truth(Double(index) * 0.1).sample(index)) }
    expectPredictions(of: vehicle, at: 9.9, within: 0.01, truth: truth)
    #expect(vehicle.counts.missing == 25)
  }

  @Test func `A long pause starts the estimate anew`() {
    var vehicle = vehicle(10, truth: truth)
    var sample = Truth(x: 5_000, y: 0, heading: 2, speed: 3).sample(10)
    sample.nanoseconds += 60_000_000_000
    #expect(vehicle.ingest(sample) == .started)
    #expect(vehicle.state?.local == .init(x: 5_000, y: 0))
    #expect(vehicle.state?.speed == 3)
  }

  private struct Case: Sendable {
    var field: String
    var spoil: @Sendable (inout VehicleSample) -> Void
  }

  private static let unusable: [Case] = [
    Case(field: "speed_mps") { $0.speed = .nan }, Case(field: "x_m") { $0.local = .init(x: .infinity, y: 0) },
    Case(field: "lat") { $0.geodetic = GeodeticPosition(latitude: 91, longitude: 0) },
    Case(field: "yaw_rate_rps") { $0.yawRate = 50 },
  ]

  @Test(arguments: unusable)
  private func `Unusable values are refused with their field`(this: Case) {
    var vehicle = vehicle(10, truth: truth)
    let before = vehicle.state
    var sample = truth(1).sample(10)
    this.spoil(&sample)
    guard case .rejected(this.field, _) = vehicle.ingest(sample) else {
      Issue.record("\(this.field) wasn't refused")
      return
    }
    #expect(vehicle.state == before)
    #expect(vehicle.counts.rejected == 1)
  }

  @Test func `One jump of the position is set aside, a lasting one is believed`() throws {
    var vehicle = vehicle(50, truth: truth)
    var jump = truth(5).sample(50)
    jump.local?.y = 100
    _ = vehicle.ingest(jump)
    #expect(vehicle.divergence.outliers == [.position])
    #expect(vehicle.divergence.outside == [.position])
    #expect(abs(try #require(vehicle.divergence.position) - 100) < 0.1)
    #expect(abs(try #require(vehicle.state?.local).y) < 0.01)
    for index in 51..<60 {
      var sample = truth(Double(index) * 0.1).sample(index)
      sample.local?.y = 100
      _ = vehicle.ingest(sample)
    }
    #expect(abs(try #require(vehicle.state?.local).y - 100) < 0.1)
    #expect(vehicle.divergence.outside.isEmpty)
  }

  @Test func `Divergence tells each channel's difference`() throws {
    var vehicle = vehicle(50, truth: truth)
    var sample = truth(5).sample(50)
    sample.speed = 22.5
    sample.acceleration = nil
    _ = vehicle.ingest(sample)
    #expect(abs(try #require(vehicle.divergence.speed) - 2.5) < 0.01)
    #expect(vehicle.divergence.outside == [.speed])
    #expect(vehicle.divergence.acceleration == nil)
    #expect(abs(try #require(vehicle.divergence.position)) < 0.01)
  }
}
