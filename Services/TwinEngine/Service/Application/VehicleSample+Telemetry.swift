import FleetCore
import SimulationEstimation
import TwinProto

extension VehicleSample {
  /// What a vehicle reported, as the estimation takes it: angles in radians, headings counter-clockwise from east.
  init(_ sample: TelemetrySample, sequence: UInt64, time: UTCInstant) {
    self.init(sequence: sequence, nanoseconds: time.nanoseconds)
    if let x = sample.xM, let y = sample.yM { local = LocalPosition(x: x, y: y) }
    if let latitude = sample.lat, let longitude = sample.lon {
      geodetic = GeodeticPosition(latitude: latitude, longitude: longitude, altitude: sample.altitudeM)
    }
    speed = sample.speedMps
    heading = sample.headingDeg.map { Compass.radians(fromDegrees: $0) }
    yawRate = sample.yawRateRps
    steering = sample.steeringRad
    acceleration = sample.accelerationMps2
    lateralAcceleration = sample.lateralAccelerationMps2
    deviations.position = sample.positionStdM
    deviations.speed = sample.speedStdMps
    deviations.heading = sample.headingStdDeg.map { $0 * .pi / 180 }
    deviations.yawRate = sample.yawRateStdRps
    deviations.acceleration = sample.accelerationStdMps2
  }

  /// A stored state in the form of a sample that an estimate can start from.
  init(restoring state: VehicleState, time: UTCInstant) {
    self.init(sequence: 0, nanoseconds: time.nanoseconds)
    if let position = state.position {
      if let x = position.xM, let y = position.yM { local = LocalPosition(x: x, y: y) }
      if let latitude = position.lat, let longitude = position.lon {
        geodetic = GeodeticPosition(latitude: latitude, longitude: longitude, altitude: position.altitudeM)
      }
    }
    speed = state.speedMps
    heading = state.headingDeg.map { Compass.radians(fromDegrees: $0) }
    yawRate = state.yawRateRps
    steering = state.steeringRad
    acceleration = state.accelerationMps2
    deviations.position = state.uncertainty?.positionStdM
    deviations.speed = state.uncertainty?.speedStdMps
    deviations.heading = state.uncertainty.map { $0.headingStdDeg * .pi / 180 }
    deviations.yawRate = state.uncertainty?.yawRateStdRps
  }
}
