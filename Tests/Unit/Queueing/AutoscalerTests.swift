import SimulationQueueing
import Testing

@Suite("Autoscaling and load")
struct AutoscalerTests {
  private func policy(
    target: Double = 0.5, podStart: Double = 60, maxReplicas: Int = 100
  ) throws -> HorizontalAutoscaler.Policy {
    try .init(minReplicas: 1, maxReplicas: maxReplicas, targetUtilisation: target, podStart: podStart)
  }

  /// The Kubernetes documentation's own example: twice the target doubles the replicas, and half of it halves them.
  @Test("the documented algorithm")
  func documented() throws {
    var up = HorizontalAutoscaler(try policy(), ready: 4)
    #expect(up.synchronise(at: 15, utilisation: 1) == 8)
    #expect(up.ready == 4)
    up.advance(to: 74)
    #expect(up.ready == 4)
    up.advance(to: 75)
    #expect(up.ready == 8)
    var down = HorizontalAutoscaler(try policy(), ready: 4)
    for turn in 0...21 { down.synchronise(at: Double(turn) * 15, utilisation: 0.25) }
    #expect(down.ready == 2)
  }

  @Test("within the tolerance nothing happens, and growth is bounded by doubling or four")
  func bounds() throws {
    var calm = HorizontalAutoscaler(try policy(), ready: 10)
    #expect(calm.synchronise(at: 15, utilisation: 0.549) == 10)
    #expect(calm.synchronise(at: 30, utilisation: 0.451) == 10)
    #expect(calm.synchronise(at: 45, utilisation: 0.56) == 12)
    var fast = HorizontalAutoscaler(try policy(target: 0.1), ready: 1)
    #expect(fast.synchronise(at: 15, utilisation: 1) == 5)
    var large = HorizontalAutoscaler(try policy(target: 0.1), ready: 10)
    #expect(large.synchronise(at: 15, utilisation: 1) == 20)
  }

  @Test("scaling down waits for the stabilisation window")
  func stabilisation() throws {
    var scaler = HorizontalAutoscaler(try policy(), ready: 10)
    scaler.synchronise(at: 15, utilisation: 0.5)
    #expect(scaler.synchronise(at: 30, utilisation: 0.1) == 10)
    #expect(scaler.synchronise(at: 300, utilisation: 0.1) == 10)
    #expect(scaler.synchronise(at: 315, utilisation: 0.1) == 10)
    #expect(scaler.synchronise(at: 330, utilisation: 0.1) == 2)
  }

  @Test("starting pods count as idle on the way up")
  func starting() throws {
    var scaler = HorizontalAutoscaler(try policy(), ready: 4)
    #expect(scaler.synchronise(at: 15, utilisation: 1) == 8)
    // Still 4 ready and busy: with 4 idle ones the mean is on target.
    #expect(scaler.synchronise(at: 30, utilisation: 1) == 8)
  }

  @Test("a ramp peaks higher the longer pods take to start")
  func ramp() throws {
    var last = 0.0
    for podStart in [0.0, 30, 60, 120] {
      let ramp = try ScalingRamp(
        policy(target: 0.6, podStart: podStart), replicas: 10, load: 6, factor: 3, ramp: 60)
      #expect(ramp.peakUtilisation >= last)
      #expect(ramp.finalReplicas >= 27)
      last = ramp.peakUtilisation
    }
    #expect(last > 1.5)
    let step = try ScalingRamp(policy(target: 0.6, maxReplicas: 10), replicas: 10, load: 6, factor: 2, ramp: 0)
    // Capped at 10 pods, 12 pods' worth of work stays 1.2 for ever.
    #expect(abs(step.peakUtilisation - 1.2) < 1e-9)
    #expect(step.overloadedSeconds == 900)
    #expect(abs(step.longestWait - 180) < 1)
  }

  @Test("load profiles have their documented shapes")
  func profiles() throws {
    let day = try LoadProfile(.daily(mean: 100, amplitude: 0.5, peak: 50_400))
    #expect(abs(day.rate(at: 50_400) - 150) < 1e-9)
    #expect(abs(day.rate(at: 50_400 + 43_200) - 50) < 1e-9)
    #expect(abs(day.rate(at: 50_400 - 21_600) - 100) < 1e-9)
    let recorded = try LoadProfile(.recorded(rates: [10, 30], interval: 60))
    #expect(recorded.rate(at: 30) == 20)
    #expect(recorded.rate(at: 1_000) == 30)
    #expect(try LoadProfile.peakTraffic(recorded: [10, 40, 20], ratio: 1.5).rate(at: 5) == 60)
    let crowd = try LoadProfile(
      .constant(rate: 10), crowds: [.init(start: 100, factor: 5, ramp: 20, sustained: 60, decay: 30)])
    #expect(crowd.rate(at: 100) == 10)
    #expect(crowd.rate(at: 110) == 30)
    #expect(crowd.rate(at: 150) == 50)
    #expect(abs(crowd.rate(at: 210) - (10 + 40 * 0.36787944117144233)) < 1e-9)
    #expect(throws: QueueingRefusal.outOfRange(field: "rates")) { try LoadProfile.peakTraffic(recorded: []) }
    #expect(throws: QueueingRefusal.outOfRange(field: "rate_per_s")) { try LoadProfile(.constant(rate: -1)) }
  }
}
