import TwinProto

/// The batches that are measured, filled in as vehicles fill them in.
enum Batches {
  /// What twinctl sends of a recorded drive: position, motion and controls.
  static func vehicle(samples count: Int) -> StreamTelemetryRequest {
    batch { index in
      sample(index, sensors: [])
    } count: {
      count
    }
  }

  /// The same with two sensors a sample, one of them with detections and free-form readings.
  static func sensors(samples count: Int) -> StreamTelemetryRequest {
    batch { index in
      let radar = SensorSample(
        sensorID: "front_radar", kind: .radar, health: .ok, rateHz: 20, latencyMs: 12.5,
        detections: (0..<4).map { track in
          Detection(
            objectID: "track-\(index)-\(track)", category: "car", xM: 30 + Double(track), yM: -1.75,
            speedMps: 13.9, lengthM: 4.5, widthM: 1.8, confidence: 0.97)
        },
        values: ProtoStruct(fields: ["temperature_c": ProtoValue(kind: .numberValue(41.5))]))
      let gnss = SensorSample(sensorID: "gnss", kind: .gnss, health: .ok, rateHz: 10, latencyMs: 80)
      return sample(index, sensors: [radar, gnss])
    } count: {
      count
    }
  }

  private static func batch(_ sample: (Int) -> TelemetrySample, count: () -> Int) -> StreamTelemetryRequest {
    StreamTelemetryRequest(
      vehicleID: "twin-001", physicalVehicleID: "AV-001", source: "default", batchID: 4711,
      samples: (0..<count()).map(sample))
  }

  private static func sample(_ index: Int, sensors: [SensorSample]) -> TelemetrySample {
    let t = Double(index) * 0.1
    return TelemetrySample(
      sequence: UInt64(100_000 + index),
      time: ProtoTimestamp(seconds: 1_790_000_000 + Int64(index / 10), nanos: Int32(index % 10) * 100_000_000),
      lat: 48.137_154 + t * 1e-5, lon: 11.576_124 - t * 1e-5, altitudeM: 519.25, speedMps: 13.9 + t * 0.01,
      headingDeg: 271.5, yawRateRps: -0.0125, steeringRad: 0.021, accelerationMps2: 0.35,
      lateralAccelerationMps2: -0.17, throttle: 0.22, brake: 0, gear: 4, sensors: sensors)
  }
}
