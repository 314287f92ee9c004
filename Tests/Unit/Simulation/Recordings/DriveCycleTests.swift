import SimulationRecordings
import Testing

@Suite struct DriveCycleTests {
  @Test(arguments: [
    ("udds", 1_369.0, 11.990, 91.25), ("hwfet", 765, 16.507, 96.4), ("us06", 600, 12.888, 129.2),
  ])
  func `The shipped cycles have their published figures`(
    name: String, duration: Double, kilometres: Double, topSpeedKmh: Double
  ) throws {
    let cycle = try #require(CycleLibrary.cycle(named: name))
    #expect(cycle.duration == duration)
    #expect(abs(cycle.distance / 1_000 - kilometres) < 0.0006)
    #expect(abs(cycle.highestSpeed * 3.6 - topSpeedKmh) < 0.06)
    #expect(cycle.points.first?.speed == 0)
    #expect(cycle.points.last?.speed == 0)
  }

  @Test func `Every name of the library has a cycle, others don't`() {
    #expect(CycleLibrary.names.allSatisfy { CycleLibrary.cycle(named: $0)?.name == $0 })
    #expect(CycleLibrary.cycle(named: "wltp") == nil)
  }

  @Test func `Resampling keeps distance, speed and acceleration consistent`() throws {
    let cycle = try #require(CycleLibrary.cycle(named: "us06"))
    let motions = cycle.resampled(rate: 10)
    #expect(motions.count == 6_001)
    #expect(abs(try #require(motions.last).distance - cycle.distance) < 1e-9)
    for (a, b) in zip(motions, motions.dropFirst()) {
      #expect(abs(a.speed + 0.1 * a.acceleration - b.speed) < 1e-9)
      #expect(abs(a.distance + 0.05 * (a.speed + b.speed) - b.distance) < 1e-9)
    }
    for (index, point) in cycle.points.enumerated() { #expect(abs(motions[10 * index].speed - point.speed) < 1e-12) }
  }

  @Test func `Between its points the speed is linear and the way its integral`() throws {
    let cycle = try DriveCycle(
      name: "ramp",
      points: [.init(time: 0, speed: 0), .init(time: 10, speed: 20, grade: 0.05), .init(time: 12, speed: 20)])
    let motion = cycle.motion(at: 5)
    #expect((motion.speed, motion.acceleration, motion.distance) == (10, 2, 25))
    #expect(cycle.motion(at: 11).distance == 120)
    #expect(cycle.motion(at: 11).grade == 0.05)
    #expect(cycle.motion(at: 99).distance == 140)
    #expect(cycle.motion(at: 99).acceleration == 0)
    #expect(cycle.motion(at: -1).speed == 0)
  }

  private func error(reading csv: String) -> CSVError? {
    do {
      _ = try DriveCycle(name: "test", csv: csv.utf8)
      return nil
    } catch { return error as? CSVError }
  }

  @Test func `Tables are read with either header`() throws {
    let ours = try DriveCycle(name: "a", csv: "t_s,speed_mps\n0,0\n1,2\n".utf8)
    let theirs = try DriveCycle(
      name: "a", csv: "\u{feff}cycSecs,cycMps,cycGrade,cycRoadType\r\n0,0,0,0\r\n1,2,0,0".utf8)
    #expect(ours == theirs)
  }

  @Test func `Bad tables are refused with line and column`() {
    #expect(error(reading: "") == CSVError(line: 1, reason: "the file is empty"))
    #expect(error(reading: "t_s,v\n0,0")?.reason == "the header has no column speed_mps or cycMps")
    #expect(error(reading: "t_s,speed_mps\n0,0\n1,fast")?.column == "speed_mps")
    #expect(error(reading: "t_s,speed_mps\n0,0\n1,fast")?.line == 3)
    #expect(error(reading: "t_s,speed_mps\n0,0\n1") == CSVError(line: 3, reason: "has 1 fields where the header has 2"))
    #expect(error(reading: "t_s,speed_mps\n0,0\n0,1") == CSVError(line: 3, reason: "the time doesn't grow"))
    #expect(error(reading: "t_s,speed_mps\n0,0\n1,-1") == CSVError(line: 3, reason: "the speed is negative"))
    #expect(error(reading: "t_s,speed_mps\n0,0") == CSVError(line: 2, reason: "a cycle has at least two points"))
    #expect(error(reading: "t_s,speed_mps\n0,0\n1,nan")?.reason == "must be a finite number")
  }
}
