import FleetCore
import SimulationEstimation
import TwinProto

extension VehicleState {
  /// A twin's state as readers see it.
  ///
  /// - Parameters:
  ///   - status: how the twin stands now.
  ///   - withLearned: whether to tell what the twin has learned, as a stored state does.
  init(_ twin: LiveTwin, status: SyncStatus, withPredictions: Bool, withLearned: Bool = false) {
    self.init(vehicleID: twin.id, sync: SyncState(status: status), revision: twin.revision)
    if let newest = twin.newest {
      sync = SyncState(
        lagMs: newest.lag * 1_000, lastSequence: newest.sequence, status: status, source: newest.source,
        clockSkewMs: newest.clockSkewMs, receivedTime: newest.received.timestamp, samples: twin.samples)
    }
    impairedSensors = twin.conditions?.impairedSensors ?? []
    guard let body = twin.body, let state = body.vehicle.state else { return }
    time = UTCInstant(nanoseconds: state.nanoseconds).timestamp
    fill(state)
    lateralAccelerationMps2 = twin.controls.lateralAcceleration
    throttle = twin.controls.throttle
    brake = twin.controls.brake
    gear = twin.controls.gear
    divergence = TwinProto.Divergence(body.vehicle.divergence, since: twin.divergedSince)
    if withLearned { learned = TwinProto.LearnedBehaviour(body.vehicle.learned) }
    if withPredictions { predicted = body.vehicle.predictions().map { TwinProto.PredictedState($0) } }
  }

  private mutating func fill(_ state: VirtualState) {
    position = Position(local: state.local, geodetic: state.geodetic)
    headingDeg = state.heading.map { Compass.degrees(fromRadians: $0) }
    if state.isSpeedKnown { speedMps = state.speed }
    accelerationMps2 = state.acceleration
    yawRateRps = state.yawRate
    steeringRad = state.steering
    uncertainty = StateUncertainty(
      positionStdM: state.positionDeviation, speedStdMps: state.speedDeviation,
      headingStdDeg: state.headingDeviation * 180 / .pi, yawRateStdRps: state.yawRateDeviation)
  }
}

extension VirtualState {
  /// The deviation with which an estimate starts whose samples tell no speed, m/s; see `VirtualVehicle`.
  private static let unknownSpeedDeviation = 20.0

  /// Whether anything has told of the speed.
  fileprivate var isSpeedKnown: Bool { speedDeviation < Self.unknownSpeedDeviation }
}

extension Position {
  fileprivate init?(local: VehicleSample.LocalPosition?, geodetic: GeodeticPosition?) {
    guard local != nil || geodetic != nil else { return nil }
    self.init(
      lat: geodetic?.latitude, lon: geodetic?.longitude, xM: local?.x, yM: local?.y, altitudeM: geodetic?.altitude)
  }
}

extension TwinProto.Divergence {
  /// nil before anything was compared.
  fileprivate init?(_ divergence: SimulationEstimation.Divergence, since: UTCInstant?) {
    self.init(
      positionM: divergence.position, speedMps: divergence.speed,
      // Compass headings turn the other way.
      headingDeg: divergence.heading.map { -$0 * 180 / .pi }, yawRateRps: divergence.yawRate,
      accelerationMps2: divergence.acceleration, diverged: !divergence.outside.isEmpty,
      channels: divergence.outside.map(\.rawValue), since: since?.timestamp,
      normalisedInnovation: divergence.normalisedInnovation,
      lateralAccelerationMps2: divergence.lateralAcceleration, steeringRad: divergence.steering)
    if self == TwinProto.Divergence() { return nil }
  }
}

extension TwinProto.PredictedState {
  fileprivate init(_ state: SimulationEstimation.PredictedState) {
    self.init(
      tS: state.seconds, xM: state.local.x, yM: state.local.y, speedMps: state.speed,
      headingDeg: Compass.degrees(fromRadians: state.heading), stdM: state.deviation, lat: state.geodetic?.latitude,
      lon: state.geodetic?.longitude, covarianceXxM2: state.covariance.xx, covarianceXyM2: state.covariance.xy,
      covarianceYyM2: state.covariance.yy, region90RadiusM: state.region90Radius)
  }
}

extension TwinProto.LearnedBehaviour {
  fileprivate init(_ learned: SimulationEstimation.LearnedBehaviour) {
    self.init(
      positionNoiseM: learned.positionNoise, speedNoiseMps: learned.speedNoise, levels: learned.levels,
      ellipses: learned.ellipses, circles: learned.circles, counts: learned.counts.map { UInt32(clamping: $0) })
  }
}

extension SimulationEstimation.LearnedBehaviour {
  init(_ stored: TwinProto.LearnedBehaviour) {
    self.init(
      positionNoise: stored.positionNoiseM, speedNoise: stored.speedNoiseMps, levels: stored.levels,
      ellipses: stored.ellipses, circles: stored.circles, counts: stored.counts.map { Int($0) })
  }
}
