import FleetCore
import RPCCore
import RPCErrors
import Testing
import TwinProto

@testable import TwinEngineService

@Suite("Creating, reading, listing and deleting twins")
struct TwinTests {
  @Test("ids count up with three digits, and with more past 999")
  func ids() {
    #expect(TwinID.text(1) == "twin-001")
    #expect(TwinID.text(999) == "twin-999")
    #expect(TwinID.text(1_000) == "twin-1000")
    #expect(TwinID.number("twin-001") == 1)
    #expect(TwinID.number("twin-1000") == 1_000)
    for wrong in ["twin-1", "twin-0001", "twin-000", "twin--01", "twin-+01", "001", "", "Twin-001", "twin-001 "] {
      #expect(TwinID.number(wrong) == nil)
    }
  }

  @Test("a created twin is there with its overrides, waiting for its vehicle")
  func create() async throws {
    let stage = try await EngineStage()
    let twin = try await stage.create("AV-001", parameters: ["mass_kg": ProtoValue(kind: .numberValue(1_800))])
    #expect(twin.id == "twin-001")
    #expect(twin.physicalVehicleID == "AV-001")
    #expect(twin.modelType == "sedan")
    #expect(twin.parameters?.fields == ["mass_kg": ProtoValue(kind: .numberValue(1_800))])
    #expect(twin.status == .waiting)
    #expect(twin.createTime == stage.clock.now.timestamp)
    #expect(try await stage.twins.getTwin(GetTwinRequest(id: "twin-001")) == twin)
    let snapshot = try await stage.twins.getTwinSnapshot(GetTwinSnapshotRequest(id: "twin-001"))
    #expect(snapshot.parameters?.fields["mass_kg"] == ProtoValue(kind: .numberValue(1_800)))
    #expect(snapshot.parameters?.fields["tyre_friction"] != nil)
    #expect(snapshot.state?.time == nil)
  }

  @Test("creates that run at the same time get the numbers from 1 without gaps, failed ones none")
  func concurrentCreates() async throws {
    let stage = try await EngineStage()
    let ids = try await withThrowingTaskGroup(of: String?.self) { group in
      for index in 0..<200 {
        group.addTask {
          // Each vehicle is asked for twice.
          try? await stage.create("AV-\(index / 2)").id
        }
      }
      return try await group.reduce(into: [String]()) { ids, id in if let id { ids.append(id) } }
    }
    #expect(Set(ids) == Set((1...100).map { TwinID.text($0) }))
    #expect(ids.count == 100)
  }

  @Test("a second twin of a vehicle is refused and names the first")
  func secondTwin() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    let error = await fault { try await stage.create("AV-001", type: "van") }
    #expect(error?.code == .alreadyExists)
    #expect(error?.reason == "TWIN_ALREADY_EXISTS")
    #expect(error?.facts["twin"] == "twin-001")
    #expect(try await stage.create("AV-002").id == "twin-002")
  }

  @Test("a create repeated with its request id gives the first answer, also after the twin was deleted")
  func requestID() async throws {
    let stage = try await EngineStage()
    let first = try await stage.create("AV-001", requestID: "r-1")
    #expect(try await stage.create("AV-001", requestID: "r-1") == first)
    let reused = await fault { try await stage.create("AV-002", requestID: "r-1") }
    #expect(reused?.code == .alreadyExists)
    #expect(reused?.reason == "REQUEST_ID_REUSED")
    _ = try await stage.twins.deleteTwin(DeleteTwinRequest(id: first.id))
    #expect(try await stage.create("AV-001", requestID: "r-1").id == first.id)
    #expect(try await stage.create("AV-001", requestID: "r-2").id == "twin-002")
  }

  @Test("wrong input names every field and why")
  func wrongInput() async throws {
    let stage = try await EngineStage()
    let type = await fault { try await stage.create("AV-001", type: "hovercraft") }
    #expect(type?.code == .invalidArgument)
    #expect(type?.reason == "MODEL_TYPE_NOT_FOUND")
    #expect(type?.violations.map(\.field) == ["model_type"])

    let range = await fault {
      try await stage.create("AV-001", parameters: ["mass_kg": ProtoValue(kind: .numberValue(-5))])
    }
    #expect(range?.reason == "PARAMETER_OUT_OF_RANGE")
    #expect(range?.violations.map(\.field) == ["parameters.mass_kg"])

    let unknown = await fault {
      try await stage.create("AV-001", parameters: ["wings": ProtoValue(kind: .numberValue(2))])
    }
    #expect(unknown?.reason == "PARAMETER_UNKNOWN")
    #expect(unknown?.violations.map(\.field) == ["parameters.wings"])

    let several = await fault {
      try await stage.create(
        "",
        parameters: [
          "wings": ProtoValue(kind: .numberValue(2)), "mass_kg": ProtoValue(kind: .stringValue("heavy")),
        ])
    }
    #expect(several?.reason == "INVALID_ARGUMENT")
    #expect(several?.violations.map(\.field) == ["physical_vehicle_id", "parameters.mass_kg", "parameters.wings"])
    #expect(try await stage.create("AV-001").id == "twin-001")
  }

  @Test("pages follow each other in the order of the numbers; a foreign token is refused")
  func pages() async throws {
    let stage = try await EngineStage()
    for index in 1...7 { try await stage.create("AV-\(index)", type: index.isMultiple(of: 2) ? "van" : "sedan") }
    var ids: [String] = []
    var token = ""
    var pages = 0
    repeat {
      let page = try await stage.twins.listTwins(ListTwinsRequest(pageSize: 3, pageToken: token))
      ids += page.vehicles.map(\.id)
      token = page.nextPageToken
      pages += 1
    } while !token.isEmpty
    #expect(ids == (1...7).map { TwinID.text($0) })
    #expect(pages == 3)

    let vans = try await stage.twins.listTwins(ListTwinsRequest(pageSize: 2, modelType: "van"))
    #expect(vans.vehicles.map(\.id) == ["twin-002", "twin-004"])
    let foreign = await fault { try await stage.twins.listTwins(ListTwinsRequest(pageToken: vans.nextPageToken)) }
    #expect(foreign?.reason == "PAGE_TOKEN_INVALID")
    let size = await fault { try await stage.twins.listTwins(ListTwinsRequest(pageSize: 1_001)) }
    #expect(size?.violations.map(\.field) == ["page_size"])
  }

  @Test("a deleted twin is gone, its vehicle may get another one")
  func delete() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    _ = try await stage.twins.deleteTwin(DeleteTwinRequest(id: "twin-001"))
    for missing in [
      await fault { try await stage.twins.getTwin(GetTwinRequest(id: "twin-001")) },
      await fault { try await stage.state("twin-001") },
      await fault { try await stage.twins.getTwinSnapshot(GetTwinSnapshotRequest(id: "twin-001")) },
      await fault { try await stage.twins.deleteTwin(DeleteTwinRequest(id: "twin-001")) },
      await fault { try await stage.twins.getTwin(GetTwinRequest(id: "nonsense")) },
    ] {
      #expect(missing?.code == .notFound)
      #expect(missing?.reason == "TWIN_NOT_FOUND")
    }
    #expect(try await stage.create("AV-001").id == "twin-002")
    let resolved = try await stage.twins.resolveTwins(ResolveTwinsRequest(physicalVehicleIds: ["AV-001", "AV-9"]))
    #expect(resolved.twinIds == ["AV-001": "twin-002"])
  }

  @Test("watchers hear of the twins that exist, then of those that come and go")
  func watch() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    try await stage.twins.watchTwins(WatchTwinsRequest()) { updates in
      var iterator = updates.makeAsyncIterator()
      let start = try #require(try await iterator.next())
      #expect(start.added == [TwinIdentity(id: "twin-001", physicalVehicleID: "AV-001")])
      #expect(start.complete)
      try await stage.create("AV-002")
      #expect(
        try await iterator.next()?.added == [TwinIdentity(id: "twin-002", physicalVehicleID: "AV-002")])
      _ = try await stage.twins.deleteTwin(DeleteTwinRequest(id: "twin-001"))
      #expect(try await iterator.next()?.removedIds == ["twin-001"])
    }
  }

  @Test("every type of the catalogue is listed with its parameters' ranges")
  func modelTypes() async throws {
    let stage = try await EngineStage()
    let types = try await stage.twins.listModelTypes(ListModelTypesRequest()).modelTypes
    #expect(types.map(\.name) == types.map(\.name).sorted())
    #expect(types.contains { $0.name == "sedan" })
    let sedan = try await stage.twins.getModelType(GetModelTypeRequest(name: "sedan"))
    let mass = try #require(sedan.parameters.first { $0.name == "mass_kg" })
    #expect(mass.unit == "kg")
    #expect(mass.type == .number)
    #expect(mass.range?.min == 100)
    let missing = await fault { try await stage.twins.getModelType(GetModelTypeRequest(name: "hovercraft")) }
    #expect(missing?.code == .notFound)
    #expect(missing?.reason == "MODEL_TYPE_NOT_FOUND")
  }

  @Test("while the database is away calls say so and when to come back, and live states are still told")
  func storeAway() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    stage.store.isAway = true
    let error = await fault { try await stage.create("AV-002") }
    #expect(error?.code == .unavailable)
    #expect(error?.reason == "STORE_UNAVAILABLE")
    #expect(error?.retryAfter == .milliseconds(500))
    #expect(try await stage.state("twin-001").sync?.status == .waiting)
    stage.store.isAway = false
    #expect(try await stage.create("AV-002").id == "twin-002")
  }
}
