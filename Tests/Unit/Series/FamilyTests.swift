import SimulationKernel
import SimulationSeries
import Testing

@Suite("A family of metrics")
struct FamilyTests {
  private func steps(_ count: Int, metrics: Int, seed: UInt64) -> [[Double]] {
    var stream = RunSeed(seed).stream(for: "family")
    return (0..<count).map { _ in (0..<metrics).map { _ in 100 + 10 * stream.normal() } }
  }

  @Test func falseAlarmsKeepToTheBudgetOfTheFamily() throws {
    let kinds = [MetricKind](repeating: .duration, count: 40)
    var detector = try #require(
      FamilyDetector(kinds: kinds, training: steps(600, metrics: 40, seed: 1), alarmsPerStep: 1 / 288.0))
    let watched = detector.watched
    let alarms = steps(2_880, metrics: 40, seed: 2).filter { !detector.observe($0).isEmpty }.count
    // Ten days at one a day; a Poisson count of mean 10 exceeds 20 once in a thousand times.
    #expect(alarms <= 20)
    #expect(watched == 40)
  }

  @Test func twoBadStepsAlarmAndOneDoesNot() throws {
    let kinds: [MetricKind] = [.duration, .healthPercentage]
    let training = steps(300, metrics: 2, seed: 3)
    var detector = try #require(FamilyDetector(kinds: kinds, training: training, alarmsPerStep: 1 / 288.0))
    let steps: [[Double]] = [[100, 100], [1_000, 100], [100, 100], [100, 5], [100, 5]]
    #expect(steps.map { detector.observe($0).map(\.metric) } == [[], [], [], [], [1]])
    // Better than usual is no failure.
    detector.restart()
    let better: [[Double]] = [[1, 200], [1, 200]]
    #expect(better.map { detector.observe($0).count } == [0, 0])
  }

  @Test func whatWasRarelySeenIsUnknown() throws {
    var training = steps(300, metrics: 2, seed: 4)
    for index in training.indices where index % 5 == 0 { training[index][1] = .nan }
    let detector = try #require(
      FamilyDetector(kinds: [.duration, .duration], training: training, alarmsPerStep: 0.01))
    #expect(detector.unknown == [1])
    #expect(FamilyDetector(kinds: [.duration], training: steps(90, metrics: 1, seed: 5), alarmsPerStep: 0.01) == nil)
  }

  @Test func anIncidentInTheTrainingTeachesNothing() throws {
    let kinds = [MetricKind](repeating: .duration, count: 6)
    var training = steps(400, metrics: 6, seed: 6)
    for index in 40..<52 { for metric in 0..<3 { training[index][metric] = 300 } }
    // One metric alone is noisy, and stays so.
    for index in 200..<206 { training[index][5] = 300 }
    var detector = try #require(FamilyDetector(kinds: kinds, training: training, alarmsPerStep: 1 / 288.0))
    #expect(detector.incidents == Array(40..<52))
    let fault: [Double] = [300, 100, 100, 100, 100, 100]
    let noise: [Double] = [100, 100, 100, 100, 100, 300]
    #expect([fault, fault].map { detector.observe($0).map(\.metric) } == [[], [0]])
    detector.restart()
    #expect([noise, noise].map { detector.observe($0).count } == [0, 0])
  }
}
