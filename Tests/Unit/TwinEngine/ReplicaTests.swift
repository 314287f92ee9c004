import FleetCore
import RPCCore
import RPCErrors
import RPCInProcess
import Synchronization
import Testing
import TwinProto

@testable import TwinEngineService

/// Several twin-engines on one store that call each other.
private final class Cluster: Sendable {
  static let addresses = ["a:1", "b:1"]

  let store = MemoryTwinStore()
  let clock = SettableClock()
  private let channels: Mutex<[String: InProcessChannel]> = Mutex([:])

  /// - Parameter known: the replicas that it knows of.
  func engine(_ own: String, known: [String] = addresses) async throws -> (stage: EngineStage, replicas: Replicas) {
    let replicas = Replicas(own: own, addresses: known) { self.channel(to: $0) }
    let stage = try await EngineStage(store: store, clock: clock, replicas: replicas)
    channels.withLock { $0[own] = stage.channel }
    return (stage, replicas)
  }

  /// Nobody answers at an address any more.
  func kill(_ address: String) { channels.withLock { $0[address] = nil } }

  private func channel(to address: String) -> any RPCChannel {
    channels.withLock { $0[address] } ?? InProcessChannel(Router(services: []))
  }

  /// A twin whose home is this address while both replicas are there.
  static func twin(at address: String) -> String {
    let ring = HashRing(addresses)
    return (1...99).lazy.map { TwinID.text($0) }.first { ring.home(of: $0) == address } ?? ""
  }
}

@Suite("Replicas of twin-engine")
struct ReplicaTests {
  /// So many that each replica is the home of some.
  private func create(_ stage: EngineStage) async throws {
    for index in 1...9 { try await stage.create("AV-\(index)") }
  }

  @Test("a twin's state is at its home, and every replica tells it")
  func passesOn() async throws {
    let cluster = Cluster()
    let (a, _) = try await cluster.engine("a:1")
    let (b, _) = try await cluster.engine("b:1")
    try await create(a)
    let id = Cluster.twin(at: "b:1")
    try await b.send([b.batch(1, id, [b.sample(1)])])
    #expect(b.parts.fleet.twin(id)?.isHere == true)
    #expect(a.parts.fleet.twin(id)?.isHere == false)
    let state = try await a.state(id)
    #expect(state.sync?.lastSequence == 1)
    #expect(try await b.state(id) == state)
    #expect(try await a.twins.getTwin(GetTwinRequest(id: id)).status == .inSync)
    #expect(try await a.twins.getTwinSnapshot(GetTwinSnapshotRequest(id: id)).state == state)
    let list = try await a.twins.listTwins(ListTwinsRequest()).vehicles
    #expect(list.map(\.id) == (1...9).map { TwinID.text($0) })
    for twin in list { #expect(twin.status == (twin.id == id ? .inSync : .waiting)) }
    #expect(await fault { try await a.state("twin-010") }?.reason == "TWIN_NOT_FOUND")
  }

  @Test("samples for a twin of another replica aren't applied; the sender hears so before they count as stored")
  func moved() async throws {
    let cluster = Cluster()
    let (a, _) = try await cluster.engine("a:1")
    try await create(a)
    let (own, other) = (Cluster.twin(at: "a:1"), Cluster.twin(at: "b:1"))
    try await a.sync.syncTwins { requests, responses in
      var iterator = responses.makeAsyncIterator()
      try await requests.write(a.batch(1, own, [a.sample(1)]))
      #expect(try await iterator.next()?.moved.isEmpty == true)
      try await requests.write(a.batch(2, other, [a.sample(1)]))
      #expect(try await iterator.next()?.moved == [TwinHome(twinID: other, address: "b:1")])
      try await requests.write(a.batch(3, own, [a.sample(2)]))
      #expect(try await iterator.next()?.batchID == 3)
      try await a.parts.writer.flush()
      // The session may not have noted the last batch yet.
      #expect(try await iterator.next()?.durableBatchID ?? 0 >= 2)
      requests.finish()
      while let response = try await iterator.next() { #expect(response.moved.isEmpty) }
    }
    #expect(a.parts.fleet.twin(own)?.samples == 2)
    #expect(a.parts.fleet.twin(other)?.samples == 0)
  }

  @Test("a twin that moves takes its state along; a call that knows it by its old home finds it")
  func handsOn() async throws {
    let cluster = Cluster()
    let (a, ofA) = try await cluster.engine("a:1", known: ["a:1"])
    let (b, ofB) = try await cluster.engine("b:1", known: ["a:1"])
    try await create(a)
    try await b.parts.loader.refresh()
    let id = Cluster.twin(at: "b:1")
    try await a.send((1...5).map { a.batch($0, id, [a.sample($0)]) })
    for replicas in [ofA, ofB] { replicas.update(Cluster.addresses) }
    try await a.parts.homes.settle(ofA.view)
    try await b.parts.homes.settle(ofB.view)
    #expect(a.parts.fleet.twin(id)?.isHere == false)
    #expect(b.parts.fleet.twin(id)?.samples == 5)
    let revision = try await a.state(id).revision
    // Repeats change nothing, what is new goes on from there.
    let answer = try await b.send([b.batch(1, id, (3...6).map { b.sample($0) })])
    #expect(answer.first?.states.first?.sync?.samples == 6)
    #expect(try await a.state(id).revision > revision)
    // And back.
    for replicas in [ofA, ofB] { replicas.update(["a:1"]) }
    try await b.parts.homes.settle(ofB.view)
    try await a.parts.homes.settle(ofA.view)
    #expect(try await b.state(id).sync?.samples == 6)
    #expect(a.parts.fleet.twin(id)?.isHere == true)
    #expect(b.parts.fleet.ids(here: true).isEmpty)
  }

  @Test("an old home that doesn't know yet never overwrites what its successor stored, and its sender sends again")
  func overtaken() async throws {
    let cluster = Cluster()
    let (a, _) = try await cluster.engine("a:1", known: ["a:1"])
    let (b, _) = try await cluster.engine("b:1")
    try await create(a)
    let id = Cluster.twin(at: "b:1")
    try await a.send([a.batch(1, id, [a.sample(1)])])
    try await a.parts.writer.flush()
    let ended = await fault {
      try await a.sync.syncTwins { requests, responses in
        var iterator = responses.makeAsyncIterator()
        // In a's memory, and nowhere else.
        try await requests.write(a.batch(2, id, [a.sample(2)]))
        #expect(try await iterator.next()?.batchID == 2)
        try await b.send([b.batch(1, id, source: "other", (1...3).map { b.sample($0 + 10) })])
        try await b.parts.writer.flush()
        try await a.parts.writer.flush()
        while let response = try await iterator.next() { #expect(response.durableBatchID == 0) }
      }
    }
    #expect(ended?.code == .unavailable)
    #expect(a.parts.fleet.twin(id)?.isHere == false)
    let stored = try #require(try await cluster.store.states(after: 0, limit: 9).first { TwinID.text($0.number) == id })
    #expect(stored.sources["other"] != nil)
    #expect(stored.version == 2)
    // Sent again to either, it is taken on top of what the other had.
    try await a.send([a.batch(2, id, [a.sample(2)])])
    // The second sample of the one source is late beside those of the other: it is taken note of.
    #expect(a.parts.fleet.twin(id)?.samples == 4)
    #expect(a.parts.fleet.twin(id)?.sources["default"]?.contiguous == 2)
  }

  @Test("a home that doesn't agree says so once instead of passing the call on, and one that is gone is named")
  func disagreement() async throws {
    let cluster = Cluster()
    let (a, _) = try await cluster.engine("a:1")
    let (b, ofB) = try await cluster.engine("b:1", known: ["a:1"])
    try await create(a)
    let id = Cluster.twin(at: "b:1")
    // b would pass it back to a.
    let undecided = await fault { try await a.state(id) }
    #expect(undecided?.code == .unavailable)
    #expect(undecided?.message.contains("a:1") == true)
    ofB.update(Cluster.addresses)
    #expect(try await a.state(id).sync?.status == .waiting)
    #expect(try await b.state(id).sync?.status == .waiting)
    #expect(await fault { try await b.state("twin-999") }?.reason == "TWIN_NOT_FOUND")
  }

  @Test("states of all replicas are followed through any of them, also when twins move")
  func watches() async throws {
    let cluster = Cluster()
    let (a, ofA) = try await cluster.engine("a:1")
    let (b, ofB) = try await cluster.engine("b:1")
    try await create(a)
    try await b.parts.loader.refresh()
    let (own, other) = (Cluster.twin(at: "a:1"), Cluster.twin(at: "b:1"))
    try await a.twins.watchTwinStates(WatchTwinStatesRequest()) { responses in
      var iterator = responses.makeAsyncIterator()
      /// Reads until a twin's state has so many samples.
      func wait(_ id: String, _ samples: UInt64) async throws {
        while let response = try await iterator.next() {
          if response.states.contains(where: { $0.vehicleID == id && $0.sync?.samples ?? 0 >= samples }) { return }
        }
        Issue.record("the states of \(id) end")
      }
      var seen: Set<String> = []
      while seen.count < 9, let response = try await iterator.next() {
        seen.formUnion(response.states.map(\.vehicleID))
      }
      try await a.send([a.batch(1, own, [a.sample(1)])])
      try await wait(own, 1)
      try await b.send([b.batch(1, other, [b.sample(1)])])
      try await wait(other, 1)
      for replicas in [ofA, ofB] { replicas.update(["a:1"]) }
      try await b.parts.homes.settle(ofB.view)
      try await a.parts.homes.settle(ofA.view)
      try await a.send([a.batch(2, other, [a.sample(2)])])
      try await wait(other, 2)
    }
  }
}
