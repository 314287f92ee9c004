import Testing

@testable import FleetCore

@Suite("Consistent hashing")
struct HashRingTests {
  private static let keys = (1...10_000).map { "twin-\($0)" }

  private static func nodes(_ count: Int) -> [String] { (1...count).map { "10.0.0.\($0):50052" } }

  @Test("the hash is the same in every process: golden values")
  func golden() {
    // FNV-1a and MurmurHash3's finalizer, computed apart from this code.
    #expect(HashRing.hash("") == 0xEFD0_1F60_BA99_2926)
    #expect(HashRing.hash("twin-001") == 0xC655_642B_87CF_999E)
    let ring = HashRing(Self.nodes(3))
    #expect((1...8).map { ring.index(of: "twin-00\($0)") } == [1, 0, 1, 1, 1, 2, 0, 0])
  }

  @Test("no node owns much more than its share", arguments: 2...16)
  func balance(_ count: Int) {
    let ring = HashRing(Self.nodes(count))
    var shares = [Int](repeating: 0, count: count)
    for key in Self.keys { shares[ring.index(of: key) ?? 0] += 1 }
    let mean = Double(Self.keys.count) / Double(count)
    #expect(Double(shares.max() ?? 0) / mean < 1.25)
    #expect(Double(shares.min() ?? 0) / mean > 0.75)
  }

  @Test("a node that joins takes about its share, and nothing moves between the others", arguments: [1, 2, 5, 15])
  func movement(_ count: Int) {
    let (before, after) = (HashRing(Self.nodes(count)), HashRing(Self.nodes(count + 1)))
    let joined = Self.nodes(count + 1)[count]
    var moved = 0
    for key in Self.keys where before.home(of: key) != after.home(of: key) {
      moved += 1
      #expect(after.home(of: key) == joined)
    }
    let share = Double(moved) / Double(Self.keys.count) * Double(count + 1)
    #expect(share > 0.75 && share < 1.25)
  }

  @Test("neither the order of the nodes nor repeats matter")
  func order() {
    let nodes = Self.nodes(5)
    #expect(HashRing(nodes.reversed() + nodes) == HashRing(nodes))
  }

  @Test("an empty ring has no home for anything, one node is the home of everything")
  func few() {
    #expect(HashRing([String]()).home(of: "twin-001") == nil)
    #expect(HashRing([String]()).isEmpty)
    #expect(HashRing(["a:1", "a:1"]).home(of: "twin-001") == "a:1")
  }
}

@Suite("Replicas of a service")
struct ReplicasTests {
  private static func replicas(_ own: String?, _ addresses: [String]) -> Replicas {
    Replicas(own: own, addresses: addresses) { address in preconditionFailure("\(address) is called") }
  }

  @Test("each key has one home, which all replicas name alike")
  func homes() {
    let (a, b) = (Self.replicas("a:1", ["a:1", "b:1"]), Self.replicas("b:1", ["b:1", "a:1"]))
    var here = 0
    for key in (1...100).map({ "twin-\($0)" }) {
      switch (a.home(of: key), b.home(of: key)) {
      case (.here, .replica("a:1")): here += 1
      case (.replica("b:1"), .here): break
      case let other: Issue.record("\(key): \(other)")
      }
    }
    #expect((20...80).contains(here))
    #expect(Self.replicas("a:1", []).home(of: "twin-001") == .unknown)
    #expect(Self.replicas(nil, ["b:1"]).home(of: "twin-001") == .replica("b:1"))
    #expect(Self.replicas("a:1", ["a:1"]).isAlone)
    #expect(!Self.replicas("a:1", ["b:1"]).isAlone)
  }

  @Test("whoever waits hears of a change, and only of a change")
  func changes() async throws {
    let replicas = Self.replicas("a:1", ["a:1"])
    #expect(!replicas.update(["a:1", "a:1"]))
    #expect(replicas.view.version == 0)
    async let heard = replicas.changed(since: 0)
    #expect(replicas.update(["b:1", "a:1"]))
    let view = try await heard
    #expect(view.version == 1)
    #expect(view.ring.nodes == ["a:1", "b:1"])
    #expect(try await replicas.changed(since: 0) == view)
    let cancelled = Task { try await replicas.changed(since: 1) }
    cancelled.cancel()
    await #expect(throws: CancellationError.self) { try await cancelled.value }
  }
}
