import SimulationKernel
import Testing

/// A mass on a spring, x'' = −x, with its exact solution at hand.
private enum Oscillator: DynamicModel {
  struct State: PartitionedState {
    var x: Double
    var v: Double
    static func + (a: State, b: State) -> State { State(x: a.x + b.x, v: a.v + b.v) }
    static func * (f: Double, s: State) -> State { State(x: f * s.x, v: f * s.v) }
    var isFinite: Bool { x.isFinite && v.isFinite }
    func withVelocities(of other: State) -> State { State(x: x, v: other.v) }
    var energy: Double { 0.5 * (x * x + v * v) }
  }
  static func rate(of s: State, under input: Void, with parameters: Void) -> State { State(x: s.v, v: -s.x) }
}

@Suite struct IntegratorTests {
  private func finalError(step: Double) -> Double {
    var state = Oscillator.State(x: 1, v: 0)
    for _ in 0..<Int((1 / step).rounded()) {
      state = Integrator.rungeKutta4(Oscillator.self, from: state, under: (), with: (), for: step)
    }
    return abs(state.x - 0.540_302_305_868_139_8)  // cos 1
  }

  @Test func `Halving the step divides the Runge-Kutta error by about sixteen`() {
    let ratio = finalError(step: 0.1) / finalError(step: 0.05)
    #expect((14...18).contains(ratio))
  }

  @Test func `Semi-implicit Euler keeps the energy of an oscillator bounded over many periods`() {
    var state = Oscillator.State(x: 1, v: 0)
    var largest = 0.0
    for _ in 0..<100_000 {
      state = Integrator.semiImplicitEuler(Oscillator.self, from: state, under: (), with: (), for: 0.01)
      largest = max(largest, abs(state.energy - 0.5))
    }
    #expect(largest < 0.003)
  }
}

@Suite struct FixedStepTests {
  @Test func `Time after many steps has no accumulated error`() {
    #expect(FixedStep.milliseconds(1).time(after: 3_600_000_000) == 3_600_000)
    #expect(FixedStep.microseconds(100).time(after: 3) == 0.0003)
  }

  @Test(arguments: [(0.0, 0), (0.05, 10), (0.051, 11), (0.3, 60), (1.2, 240)])
  func `A duration is covered by the smallest number of steps`(seconds: Double, steps: Int) {
    #expect(FixedStep.milliseconds(5).count(covering: seconds) == steps)
  }
}

@Suite struct StateHashTests {
  @Test(arguments: [("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8")])
  func `Text hashes as published for FNV-1a`(text: String, expected: String) {
    var hash = StateHash()
    hash.combine(bytesOf: text)
    #expect(hash.hexadecimal == expected)
  }

  @Test func `One changed bit changes the hash, the sign of zero doesn't`() {
    func hash(_ number: Double) -> UInt64 {
      var hash = StateHash()
      hash.combine(number)
      return hash.value
    }
    #expect(hash(1) != hash(1.nextUp))
    #expect(hash(0) == hash(-0.0))
  }
}

@Suite struct TraceTests {
  @Test func `Rows keep their actor and their extra columns`() {
    var trace = Trace(actors: ["ego", "obstacle"], extraColumns: ["gap_m"])
    trace.append(TraceSample(time: 0, actor: 0, x: 1, speed: 2, acceleration: 3), extras: [40])
    trace.append(TraceSample(time: 0, actor: 1, x: 50, speed: 0, acceleration: 0))
    trace.append(TraceSample(time: 0.1, actor: 0, x: 1.2, speed: 2, acceleration: 3), extras: [39.8])
    #expect(trace.values(of: "gap_m", actor: "ego") == [40, 39.8])
    #expect(trace.values(of: "x_m", actor: "obstacle") == [50])
    #expect(trace["gap_m"]?[1].isNaN == true)
    #expect(trace.values(of: "none", actor: "ego").isEmpty)
  }

  @Test func `Recording stops at its bound and says so`() {
    var trace = Trace(actors: ["ego"], maximumRows: 2)
    for step in 0..<3 { trace.append(TraceSample(time: Double(step), actor: 0, x: 0, speed: 0, acceleration: 0)) }
    #expect(trace.count == 2)
    #expect(trace.isTruncated)
  }
}
