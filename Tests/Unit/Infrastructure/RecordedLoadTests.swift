import SimulationInfrastructure
import Testing

@Suite("Load as it was recorded")
struct RecordedLoadTests {
  private static let begin = 1_800_000_000.0

  private func points(_ count: Int, every seconds: Double, from start: Double = begin, _ rate: (Int) -> Double)
    -> [RecordedLoad.Point]
  {
    (0..<count).map { .init(time: start + Double($0) * seconds, value: rate($0)) }
  }

  @Test("the shortest step of which enough is known is used")
  func steps() throws {
    let fine = try #require(RecordedLoad(series: [points(288, every: 300) { Double($0) }]))
    #expect(fine.step == 300 && fine.rates.count == 288 && fine.filled == 0)
    #expect(fine.start == Self.begin && fine.end == Self.begin + 86_400)
    let coarse = try #require(RecordedLoad(series: [points(48, every: 3_600) { Double($0) }]))
    #expect(coarse.step == 3_600 && coarse.rates == (0..<48).map(Double.init))
    #expect(RecordedLoad(series: [points(200, every: 300) { _ in 1 }]) == nil)
    #expect(RecordedLoad(series: [points(20, every: 7_200) { _ in 1 }]) == nil)
    #expect(RecordedLoad(series: []) == nil)
    #expect(RecordedLoad(series: [[.init(time: .infinity, value: 1), .init(time: 0, value: .nan)]]) == nil)
  }

  @Test("series add up where they are there, and the newest two weeks count")
  func sums() throws {
    let day = 288
    // A pod that was replaced in the middle.
    let load = try #require(
      RecordedLoad(series: [
        points(day / 2, every: 300) { _ in 3 }, points(day / 2, every: 300, from: Self.begin + 43_200) { _ in 5 },
        points(day, every: 300) { _ in 10 },
      ]))
    #expect(load.rates == Array(repeating: 13, count: day / 2) + Array(repeating: 15, count: day / 2))
    let long = try #require(RecordedLoad(series: [points(20 * 24, every: 3_600) { Double($0) }]))
    #expect(long.rates == (6 * 24..<20 * 24).map(Double.init))
  }

  @Test("a hole is filled from the day before, and a large one is refused")
  func holes() throws {
    let whole = points(4 * 24, every: 3_600) { Double($0 % 24 + 100 * ($0 / 24)) }
    let holed = whole.enumerated().filter { !(30..<36).contains($0.offset) }.map(\.element)
    let load = try #require(RecordedLoad(series: [holed]))
    #expect(load.filled == 6)
    #expect(Array(load.rates[30..<36]) == (6..<12).map(Double.init))
    #expect(load.rates[36] == 112)
    #expect(
      RecordedLoad(series: [whole.filter { !(Self.begin + 90_000..<Self.begin + 200_000).contains($0.time) }]) == nil)
  }
}
