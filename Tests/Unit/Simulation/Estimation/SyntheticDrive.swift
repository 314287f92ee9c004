import SimulationEstimation
import SimulationKernel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A drive by the filter's own model with its own disturbances and sensor noises, made here and not recorded.
struct SyntheticDrive {
  struct Instant {
    var x = 0.0
    var y = 0.0
    var heading = 0.3
    var speed = 15.0
    var acceleration = 0.0
    var curvature = 0.0
    var speedBias = 0.0
    var yawRateBias = 0.0
  }

  static let start: Int64 = 1_700_000_000_000_000_000
  /// 100 a second.
  private(set) var truth: [Instant] = []
  /// 10 a second, with all channels and their standard deviations.
  private(set) var samples: [VehicleSample] = []
  let parameters: EstimationParameters
  let singleTrack: SingleTrack

  init(
    seed: UInt64, seconds: Double, positionNoise: Double = 0.5,
    parameters: EstimationParameters = EstimationParameters(),
    singleTrack: SingleTrack = SingleTrack(wheelbase: 2.8, understeerGradient: 0.003)
  ) {
    self.parameters = parameters
    self.singleTrack = singleTrack
    var disturbance = RunSeed(seed).stream(for: "disturbance")
    var noise = RunSeed(seed).stream(for: "measurement")
    var state = Instant()
    state.speedBias = disturbance.normal(standardDeviation: parameters.speedBiasDeviation)
    state.yawRateBias = disturbance.normal(standardDeviation: parameters.yawRateBiasDeviation)
    for index in 0...Int(seconds * 100) {
      truth.append(state)
      if index % 10 == 0 {
        samples.append(measure(state, index, positionNoise, &noise))
      }
      advance(&state, &disturbance)
    }
  }

  private func advance(_ state: inout Instant, _ stream: inout RandomStream) {
    let h = 0.01
    let way = state.speed * h
    state.x += way * cos(state.heading + 0.5 * way * state.curvature)
    state.y += way * sin(state.heading + 0.5 * way * state.curvature)
    state.heading += way * state.curvature + stream.normal(standardDeviation: (parameters.slipPower * h).squareRoot())
    state.speed += h * state.acceleration
    state.acceleration *= exp(-h / parameters.accelerationTime)
    state.acceleration += stream.normal(standardDeviation: (parameters.jerkPower * h).squareRoot())
    let power = min(
      parameters.curvaturePower, parameters.lateralJerkPower / (state.speed * state.speed * state.speed * state.speed))
    state.curvature *= exp(-h / parameters.curvatureTime)
    state.curvature += stream.normal(standardDeviation: (power * h).squareRoot())
    Self.wander(&state.speedBias, parameters.speedBiasDeviation, parameters.speedBiasTime, h, &stream)
    Self.wander(&state.yawRateBias, parameters.yawRateBiasDeviation, parameters.yawRateBiasTime, h, &stream)
  }

  private static func wander(
    _ bias: inout Double, _ deviation: Double, _ time: Double, _ h: Double, _ stream: inout RandomStream
  ) {
    let decay = exp(-h / time)
    bias = bias * decay + stream.normal(standardDeviation: deviation * (1 - decay * decay).squareRoot())
  }

  private func measure(
    _ state: Instant, _ index: Int, _ positionNoise: Double, _ noise: inout RandomStream
  ) -> VehicleSample {
    var sample = VehicleSample(
      sequence: UInt64(index / 10 + 1), nanoseconds: Self.start + Int64(index) * 10_000_000)
    sample.local = .init(
      x: state.x + noise.normal(standardDeviation: positionNoise),
      y: state.y + noise.normal(standardDeviation: positionNoise))
    sample.deviations.position = positionNoise
    sample.heading = state.heading + noise.normal(standardDeviation: parameters.headingDeviation)
    sample.speed = state.speed + state.speedBias + noise.normal(standardDeviation: parameters.speedDeviation)
    sample.deviations.speed = parameters.speedDeviation
    sample.acceleration = state.acceleration + noise.normal(standardDeviation: parameters.accelerationDeviation)
    sample.yawRate =
      state.speed * state.curvature + state.yawRateBias
      + noise.normal(standardDeviation: parameters.yawRateDeviation)
    sample.lateralAcceleration =
      state.speed * state.speed * state.curvature
      + noise.normal(standardDeviation: parameters.lateralAccelerationDeviation)
    let angle =
      atan(singleTrack.wheelbase * state.curvature)
      + singleTrack.understeerGradient * state.speed * state.speed * state.curvature
    let share = parameters.steeringError * angle
    sample.steering =
      angle
      + noise.normal(
        standardDeviation: (parameters.steeringDeviation * parameters.steeringDeviation + share * share).squareRoot())
    return sample
  }

  func vehicle() -> VirtualVehicle { VirtualVehicle(parameters: parameters, singleTrack: singleTrack) }

  /// The truth so many seconds after the start.
  func truth(at seconds: Double) -> Instant { truth[Int((seconds * 100).rounded())] }

  /// Metres between a state and the truth at its time.
  func error(of state: VirtualState) -> Double {
    let real = truth(at: Double(state.nanoseconds - Self.start) / 1e9)
    let (dx, dy) = ((state.local?.x ?? .infinity) - real.x, (state.local?.y ?? .infinity) - real.y)
    return (dx * dx + dy * dy).squareRoot()
  }
}
