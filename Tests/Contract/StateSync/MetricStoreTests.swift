import FleetCore
import Testing
import TwinProto

@testable import StateSyncService

@Suite("What every store of metrics does")
struct MetricStoreTests {
  private static let start = UTCInstant(nanoseconds: 1_800_000_000_000_000_000)

  private func points(_ count: Int, every seconds: Double = 60, from: UTCInstant = start) -> [SeriesPoint] {
    (0..<count).map { SeriesPoint(time: from.adding(seconds: Double($0) * seconds), value: Double($0)) }
  }

  private func query(_ series: Int = 100, _ points: Int = 10_000) -> MetricQuery {
    MetricQuery(
      environmentID: "production", from: Self.start, to: Self.start.adding(seconds: 1e7), seriesLimit: series,
      pointLimit: points)
  }

  private static let names = [
    SeriesName(target: "Web", metric: "m"), SeriesName(target: "web", metric: "cpu", labels: ["pod": "a"]),
    SeriesName(target: "web", metric: "cpu", labels: ["pod": "b", "az": "1"]),
    SeriesName(target: "web", metric: "rps", labels: ["path": "/a \"b\" \\ \n ü"]),
  ]

  private func stage(_ kind: StoreKind) async throws -> any EnvironmentStore {
    let store = try await kind.makeEnvironments()
    let series = Dictionary(uniqueKeysWithValues: Self.names.map { ($0, points(3)) })
    #expect(try await store.store(series, of: "production"))
    return store
  }

  @Test("series come ordered by target, metric and labels, with their points", arguments: StoreKind.allCases)
  func series(_ kind: StoreKind) async throws {
    let store = try await stage(kind)
    let page = try await store.metrics(query())
    #expect(page.isLast)
    #expect(Set(page.series.map(\.name)) == Set(Self.names))
    #expect(page.series.map(\.name.metric) == ["m", "cpu", "cpu", "rps"])
    // The label "az" comes before "pod".
    #expect(page.series[1].name.labels["az"] == "1")
    #expect(page.series.allSatisfy { $0.points == points(3) })
    var one = query()
    (one.target, one.metric) = ("web", "rps")
    #expect(try await store.metrics(one).series.map(\.name) == [Self.names[3]])
    one.environmentID = "staging"
    #expect(try await store.metrics(one).series.isEmpty)
  }

  @Test("a point at a time that was there replaces it", arguments: StoreKind.allCases)
  func replacing(_ kind: StoreKind) async throws {
    let store = try await stage(kind)
    let new = [SeriesPoint(time: Self.start, value: 8), SeriesPoint(time: Self.start, value: 9)]
    #expect(try await store.store([Self.names[0]: new], of: "production"))
    let page = try await store.metrics(query())
    #expect(page.series[0].points.map(\.value) == [9, 1, 2])
  }

  @Test("pages go on where the one before ended, also within a series", arguments: StoreKind.allCases)
  func pages(_ kind: StoreKind) async throws {
    let store = try await stage(kind)
    for (series, points) in [(1, 100), (100, 2), (2, 5), (3, 1)] {
      var query = query(series, points)
      var seen: [SeriesName: [Double]] = [:]
      var pages = 0
      while true {
        let page = try await store.metrics(query)
        pages += 1
        #expect(page.series.count <= series)
        #expect(page.series.reduce(0) { $0 + $1.points.count } <= points)
        for part in page.series { seen[part.name, default: []] += part.points.map(\.value) }
        guard !page.isLast, let last = page.series.last, let point = last.points.last, pages < 50 else { break }
        query.after = .init(seriesKey: last.key, time: point.time)
      }
      #expect(seen == Dictionary(uniqueKeysWithValues: Self.names.map { ($0, [0, 1, 2]) }))
    }
  }

  @Test("downsampling gives the mean of each step since 1970, in the range", arguments: StoreKind.allCases)
  func downsampling(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    // The start lies 20 s before a full minute's step of 100 s.
    #expect(try await store.store([Self.names[0]: points(10, every: 30)], of: "production"))
    var query = query()
    query.step = 100_000_000
    query.to = Self.start.adding(seconds: 240)
    let page = try await store.metrics(query)
    #expect(page.series[0].points.map(\.value) == [1.5, 5, 7])
    #expect(
      page.series[0].points.map(\.time) == [0, 100, 200].map { Self.start.adding(seconds: $0) })
    query.after = .init(seriesKey: page.series[0].key, time: page.series[0].points[0].time)
    #expect(try await store.metrics(query).series[0].points.map(\.value) == [5, 7])
  }

  @Test("days that are too old are dropped, and only those", arguments: StoreKind.allCases)
  func retention(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    let day = 86_400.0
    let values = (0..<4).map { SeriesPoint(time: Self.start.adding(seconds: Double($0) * day), value: Double($0)) }
    #expect(try await store.store([Self.names[0]: values, Self.names[1]: [values[0]]], of: "production"))
    try await store.dropMetrics(before: Self.start.adding(seconds: 2 * day))
    let page = try await store.metrics(query())
    #expect(page.series.map(\.name) == [Self.names[0]])
    #expect(page.series[0].points.map(\.value) == [2, 3])
    // The same day can be made anew.
    #expect(try await store.store([Self.names[1]: [values[0]]], of: "production"))
    #expect(try await store.metrics(query()).series.count == 2)
  }
}
