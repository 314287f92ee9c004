import SimulationKernel
import Testing

@testable import SimulationEstimation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sensors that are missing, slow, late or wrong, on drives whose truth is known.
@Suite struct SensorTests {
  /// Mean position error over the second half of a drive, metres.
  private func meanError(
    of drive: SyntheticDrive, _ vehicle: inout VirtualVehicle, _ samples: [VehicleSample]
  ) -> Double {
    var sum = 0.0
    var count = 0
    for sample in samples {
      _ = vehicle.ingest(sample)
      guard sample.nanoseconds > SyntheticDrive.start + 15_000_000_000, let state = vehicle.state else { continue }
      sum += drive.error(of: state)
      count += 1
    }
    return sum / Double(count)
  }

  private let drive = SyntheticDrive(seed: 11, seconds: 30)

  @Test func `All sensors together are better than the position alone`() {
    var (all, positions) = (drive.vehicle(), drive.vehicle())
    let together = meanError(of: drive, &all, drive.samples)
    let alone = meanError(
      of: drive, &positions,
      drive.samples.map { sample in
        var rest = VehicleSample(sequence: sample.sequence, nanoseconds: sample.nanoseconds)
        rest.local = sample.local
        rest.deviations.position = sample.deviations.position
        return rest
      })
    #expect(together < 0.25)
    #expect(alone < 0.8)
    #expect(together < 0.6 * alone)
  }

  @Test(arguments: Channel.allCases)
  func `Without any one sensor the estimate goes on`(missing: Channel) {
    var vehicle = drive.vehicle()
    // From the tenth second on; without positions the way is only counted, by a speed with a bias of 0.1 m/s.
    let error = meanError(
      of: drive, &vehicle,
      drive.samples.map { sample in
        var rest = sample
        if sample.nanoseconds > SyntheticDrive.start + 10_000_000_000 { rest.remove(missing) }
        return rest
      })
    #expect(error < (missing == .position ? 6 : 0.35))
    #expect(vehicle.divergence.outside.isEmpty)
    #expect(vehicle.divergence[missing] == nil)
  }

  @Test func `The steering angle is understood with the understeer gradient`() {
    // On a circle of 100 m at 20 m/s: δ = atan(2.8/100) + 0.005 · 4.
    let track = SingleTrack(wheelbase: 2.8, understeerGradient: 0.005)
    var vehicle = VirtualVehicle(singleTrack: track)
    for index in 0..<50 {
      var sample = VehicleSample(
        sequence: UInt64(index + 1), nanoseconds: SyntheticDrive.start + Int64(index) * 100_000_000)
      sample.speed = 20
      sample.steering = atan(0.028) + 0.02
      _ = vehicle.ingest(sample)
    }
    #expect(abs((vehicle.state?.yawRate ?? 0) - 0.2) < 0.01)
    // At the steering wheel the angle is 16 times as large.
    vehicle = VirtualVehicle(
      singleTrack: SingleTrack(wheelbase: 2.8, understeerGradient: 0.005, steeringRatio: 16))
    for index in 0..<50 {
      var sample = VehicleSample(
        sequence: UInt64(index + 1), nanoseconds: SyntheticDrive.start + Int64(index) * 100_000_000)
      sample.speed = 20
      sample.steering = 16 * (atan(0.028) + 0.02)
      _ = vehicle.ingest(sample)
    }
    #expect(abs((vehicle.state?.yawRate ?? 0) - 0.2) < 0.01)
    // Without it, the same angle would be that of a circle of 58 m.
    #expect(abs(20 / (vehicle.state?.yawRate ?? 0) - 100) < 5)
  }

  @Test func `Sensors at rates of their own in samples of their own give nearly what they give together`() {
    var samples: [VehicleSample] = []
    for (index, sample) in drive.samples.enumerated() {
      var inertial = sample
      inertial.remove(.position)
      inertial.remove(.heading)
      inertial.remove(.speed)
      inertial.sequence = UInt64(2 * index + 1)
      samples.append(inertial)
      guard index % 2 == 0 else { continue }
      var fix = sample
      for channel in Channel.allCases where channel != .position && channel != .heading && channel != .speed {
        fix.remove(channel)
      }
      fix.sequence = UInt64(2 * index + 2)
      samples.append(fix)
    }
    var vehicle = drive.vehicle()
    #expect(meanError(of: drive, &vehicle, samples) < 0.3)
    #expect(vehicle.counts.applied == UInt64(samples.count))
  }

  @Test(arguments: [100, 300])
  func `Positions that come late still go in, and help`(milliseconds: Int64) {
    // The bus is at once, the receiver's positions come later than bus samples that are newer.
    let delay = milliseconds / 100
    var samples: [VehicleSample] = []
    for (index, sample) in drive.samples.enumerated() {
      var bus = sample
      bus.remove(.position)
      bus.remove(.heading)
      bus.sequence = UInt64(index + 1)
      samples.append(bus)
      guard index >= delay else { continue }
      let old = drive.samples[index - Int(delay)]
      var fix = VehicleSample(sequence: UInt64(10_000 + index), nanoseconds: old.nanoseconds)
      (fix.local, fix.heading, fix.deviations) = (old.local, old.heading, old.deviations)
      samples.append(fix)
    }
    var vehicle = drive.vehicle()
    let error = meanError(of: drive, &vehicle, samples)
    #expect(error < 0.35)
    #expect(vehicle.counts.retrodicted == UInt64(drive.samples.count) - UInt64(delay))
    // Later than the bound, they are only counted, and the twin never learns where it is.
    var parameters = EstimationParameters()
    parameters.latestLate = 0.05
    var strict = VirtualVehicle(parameters: parameters, singleTrack: drive.singleTrack)
    for sample in samples { _ = strict.ingest(sample) }
    #expect(strict.counts.retrodicted == 0)
    #expect(strict.state?.local == nil)
  }

  @Test func `A late sample leaves the state's time, and what isn't newer than its channel leaves the state`() {
    var vehicle = drive.vehicle()
    for sample in drive.samples.prefix(50) { _ = vehicle.ingest(sample) }
    let before = vehicle.state
    var late = drive.samples[47]
    late.sequence = 900
    late.nanoseconds += 10_000_000
    #expect(vehicle.ingest(late) == .late(nanoseconds: 190_000_000))
    #expect(vehicle.state == before)
  }

  @Test func `A burst of outliers is set aside, and the estimate goes on as before`() throws {
    var (clean, hit) = (drive.vehicle(), drive.vehicle())
    for (index, sample) in drive.samples.enumerated() {
      _ = clean.ingest(sample)
      var spoiled = sample
      if (200..<204).contains(index) {
        spoiled.local = .init(x: 1_000 + Double(index), y: -1_000)
        spoiled.speed = 90
        spoiled.heading = (sample.heading ?? 0) + 2
      }
      _ = hit.ingest(spoiled)
      if (200..<204).contains(index) {
        #expect(Set(hit.divergence.outliers) == [.speed, .heading, .position])
        #expect(hit.divergence.outside.contains(.position))
        #expect(drive.error(of: try #require(hit.state)) < 1.5)
      }
    }
    #expect(hit.divergence.outliers.isEmpty)
    #expect(abs(drive.error(of: try #require(hit.state)) - drive.error(of: try #require(clean.state))) < 0.1)
  }

  @Test func `A measurement beyond the χ² gate counts less the farther it is`() throws {
    var vehicle = drive.vehicle()
    for sample in drive.samples.prefix(100) { _ = vehicle.ingest(sample) }
    let expected = try #require(vehicle.state(at: drive.samples[100].nanoseconds)?.local)
    func shift(by offset: Double) throws -> Double {
      var sample = VehicleSample(sequence: 101, nanoseconds: drive.samples[100].nanoseconds)
      sample.local = .init(x: expected.x + offset, y: expected.y)
      sample.deviations.position = 0.1
      var hit = vehicle
      _ = hit.ingest(sample)
      #expect(hit.divergence.outliers.isEmpty)
      return abs(try #require(hit.state?.local).x - expected.x)
    }
    let (near, far) = (try shift(by: 0.5), try shift(by: 2.9))
    #expect(near > 0.1)
    #expect(far < near)
  }

  @Test func `A receiver that repeats its position doesn't stop the vehicle`() throws {
    var vehicle = drive.vehicle()
    for (index, sample) in drive.samples.enumerated() {
      var slow = sample
      slow.local = drive.samples[index - index % 8].local
      slow.nanoseconds = sample.nanoseconds
      _ = vehicle.ingest(slow)
    }
    #expect(drive.error(of: try #require(vehicle.state)) < 1)
    #expect(abs(try #require(vehicle.state).speed - drive.truth(at: 30).speed) < 0.3)
  }

  @Test func `After a gap the estimate starts anew, and what was learned stays`() throws {
    var vehicle = drive.vehicle()
    for var sample in drive.samples {
      sample.deviations.position = nil
      _ = vehicle.ingest(sample)
    }
    let learned = vehicle.learned
    var sample = drive.samples[0]
    sample.nanoseconds += 600_000_000_000
    sample.sequence = 5_000
    #expect(vehicle.ingest(sample) == .started)
    #expect(vehicle.state?.local == sample.local)
    #expect(vehicle.learned == learned)
  }

  @Test func `What was learned comes back, and nonsense doesn't`() {
    var vehicle = VirtualVehicle()
    var learned = LearnedBehaviour(
      positionNoise: 0.03, speedNoise: 0.02, levels: [-1, -0.5, 0, 0.5, 1], ellipses: [0, 0, 0.125, 0.25, 0.5],
      circles: [0, 0, 0, -0.125, -0.25], counts: [10, 20, 30, 40, 50])
    vehicle.recall(learned)
    let recalled = vehicle.learned
    #expect(abs(recalled.positionNoise - 0.03) < 1e-12)
    #expect(
      (recalled.levels, recalled.ellipses, recalled.circles) == (learned.levels, learned.ellipses, learned.circles))
    #expect(recalled.counts == learned.counts)
    learned.levels[2] = .nan
    learned.positionNoise = -1
    vehicle.recall(learned)
    #expect(vehicle.learned == recalled)
  }
}

@Suite struct FootprintTests {
  @Test func `A twin's estimate is small and its memory bounded`() {
    #expect(MemoryLayout<VirtualVehicle>.size <= 2_560)
    #expect(MemoryLayout<MotionFilter>.size == 8 * 8 + 64 * 8)
    #expect(MemoryLayout<PredictionRegions>.size <= 560)
  }
}
