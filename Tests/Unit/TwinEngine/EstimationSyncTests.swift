import FleetCore
import SimulationEstimation
import Testing
import TwinProto

@testable import TwinEngineService

@Suite("What a twin estimates of its vehicle")
struct EstimationSyncTests {
  @Test("predictions come with a covariance and a 90 % region that grow with the horizon")
  func regions() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    try await stage.send([stage.batch(1, "twin-001", (1...50).map { stage.sample($0) })])
    let state = try await stage.state("twin-001")
    let radii = state.predicted.compactMap(\.region90RadiusM)
    #expect(radii.count == 5)
    #expect(zip(radii, radii.dropFirst()).allSatisfy { $0 < $1 })
    for prediction in state.predicted {
      let (xx, xy, yy) = (
        prediction.covarianceXxM2 ?? 0, prediction.covarianceXyM2 ?? 0, prediction.covarianceYyM2 ?? 0
      )
      #expect(xx > 0 && yy > 0 && xx * yy > xy * xy)
    }
    // What was learned is for the store, not for readers.
    #expect(state.learned == nil)
  }

  @Test("positions of a slow receiver go in late, from a source of their own, without making the state older")
  func slowReceiver() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    for index in 1...60 as ClosedRange<UInt64> {
      var bus = stage.sample(index)
      (bus.xM, bus.yM, bus.headingDeg) = (nil, nil, nil)
      try await stage.send([stage.batch(2 * index, "twin-001", source: "bus", [bus])])
      guard index > 2 else { continue }
      // Two tenths of a second late.
      var fix = stage.sample(index - 2)
      fix.speedMps = nil
      fix.headingDeg = nil
      try await stage.send([stage.batch(2 * index + 1, "twin-001", source: "gnss", [fix])])
    }
    let state = try await stage.state("twin-001")
    #expect(state.time == stage.sample(60).time)
    #expect(state.sync?.source == "bus")
    #expect(state.sync?.samples == 118)
    #expect(abs((state.position?.xM ?? 0) - 120) < 0.5)
    #expect(abs((state.headingDeg ?? 0) - 90) < 1)
  }

  @Test("what a twin learned of its vehicle survives a restart")
  func learned() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    try await stage.send([stage.batch(1, "twin-001", (1...400).map { stage.sample($0) })])
    try await stage.parts.writer.flush()
    let before = try #require(stage.parts.fleet.twin("twin-001")?.vehicle?.learned)
    #expect(before.positionNoise < 0.1)
    #expect(before.counts.allSatisfy { $0 > 5 })
    let after = try await EngineStage(store: stage.store, clock: stage.clock)
    let restored = try #require(after.parts.fleet.twin("twin-001")?.vehicle?.learned)
    #expect(abs(restored.positionNoise / before.positionNoise - 1) < 1e-9)
    #expect(restored.levels == before.levels)
    #expect(restored.circles == before.circles)
    #expect(restored.counts == before.counts)
  }

  @Test("lateral acceleration and steering are compared with what was expected, by the type's wheelbase")
  func channels() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    let wheelbase = try #require(stage.parts.fleet.twin("twin-001")?.singleTrack.wheelbase)
    #expect(wheelbase > 2)
    var samples = (1...30).map { stage.sample($0) }
    for index in samples.indices {
      samples[index].steeringRad = 0
      samples[index].lateralAccelerationMps2 = index == 29 ? 6 : 0
    }
    try await stage.send([stage.batch(1, "twin-001", samples)])
    let divergence = try #require(try await stage.state("twin-001").divergence)
    #expect(abs((divergence.lateralAccelerationMps2 ?? 0) - 6) < 0.1)
    #expect(abs(divergence.steeringRad ?? 1) < 0.01)
    #expect(divergence.channels == ["lateral_acceleration_mps2"])
  }

  @Test("other steering parameters, as of a calibration, are used from then on")
  func steering() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    var twin = try #require(stage.parts.fleet.twin("twin-001"))
    let sample = stage.sample(1)
    _ = twin.apply(SampleBatch(source: "default", samples: [sample]), policy: SyncPolicy(), now: stage.clock.now)
    let track = SingleTrack(wheelbase: 3, understeerGradient: 0.004, steeringRatio: 15)
    twin.steer(as: track)
    #expect(twin.singleTrack == track)
    #expect(twin.vehicle?.singleTrack == track)
  }
}
