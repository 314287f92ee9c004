import FleetCore
import NIOCore
import RPCCore
import RPCErrors
import SimulationInput
import SimulationScenarios
import TwinConversions
import TwinProto

/// `twin.scenario.v1.ScenarioService`: scenarios, and the library of their types.
struct ScenarioHandler: ScenarioServiceHandler {
  private static let maxNameLength = 256
  private static let defaultSeed: UInt64 = 1
  /// A page ends early rather than outgrow the largest message, as scenarios may carry tables; it holds one at least.
  private static let pageBytes = 2 << 20
  /// Scenarios read from the store at once for a page: one with the table of a leader takes megabytes.
  static let readAtOnce = 8

  let store: any RunStore
  let twins: any TwinSource
  let library: ScenarioLibrary

  func createScenario(_ request: CreateScenarioRequest, _ call: ServerCall) async throws -> Scenario {
    if request.type.isEmpty { throw ServiceFault.invalid("type", "is required") }
    if let violation = RequestID.violation(request.requestID) { throw ServiceFault.invalid([violation]) }
    guard request.name.count <= Self.maxNameLength else {
      throw ServiceFault.invalid("name", "is longer than \(Self.maxNameLength) characters")
    }
    guard let type = try? library.type(named: request.type) else {
      let names = library.types.map(\.descriptor.type).joined(separator: ", ")
      throw ServiceFault(
        .invalidArgument, .scenarioTypeNotFound, "type: must be one of \(names)",
        violations: [.init("type", "must be one of \(names)")])
    }
    let parameters = try ParameterMerge.merged(
      request.parameters.map { InputValue($0) } ?? .object([]), weather: request.weather.map { InputValue($0) })
    let snapshot = request.vehicleID.isEmpty ? nil : try await twins.snapshot(of: request.vehicleID)
    let plan = RunPlan(
      scenarioID: "", scenarioType: request.type, vehicleID: request.vehicleID, parameters: parameters,
      seed: request.seed ?? Self.defaultSeed, snapshot: snapshot, keepsTrace: true, timeLimit: 0)
    // Wrong input is told now, not when the simulation runs.
    _ = try checked { try plan.prepare(library) }
    let scenario = Scenario(
      type: request.type, vehicleID: request.vehicleID, name: request.name, parameters: ProtoStruct(parameters),
      weather: request.weather, seed: plan.seed, status: .created,
      category: ScenarioCategory(type.descriptor.category))
    switch try await store.create(scenario, for: request) {
    case .created(let stored): return stored.scenario
    case .repeated(let stored): return try await withStatus(stored)
    case .conflict, .full:
      throw ServiceFault(
        .alreadyExists, .requestIDReused, "request_id \(request.requestID) came with another content before",
        facts: ["request_id": request.requestID])
    }
  }

  func getScenario(_ request: GetScenarioRequest, _ call: ServerCall) async throws -> Scenario {
    try await withStatus(try await store.existing(request.id))
  }

  func listScenarios(_ request: ListScenariosRequest, _ call: ServerCall) async throws -> ListScenariosResponse {
    let page = try PageRequest(
      "scenarios", request.type, request.vehicleID, size: request.pageSize, token: request.pageToken)
    var (scenarios, ordinals): ([Scenario], [Int64]) = ([], [])
    var bytes = 0
    reading: while true {
      let wanted = min(Self.readAtOnce, page.limit + 1 - scenarios.count)
      let found = try await store.scenarios(
        type: request.type, vehicleID: request.vehicleID, before: ordinals.last ?? page.before, limit: wanted)
      for stored in found {
        ordinals.append(stored.ordinal)
        guard scenarios.count < page.limit else { break reading }
        let scenario = try await withStatus(stored)
        var buffer = ByteBuffer()
        try scenario.serialize(into: &buffer)
        bytes += buffer.readableBytes
        guard scenarios.isEmpty || bytes <= Self.pageBytes else { break reading }
        scenarios.append(scenario)
      }
      if found.count < wanted { break }
    }
    return ListScenariosResponse(
      scenarios: scenarios, nextPageToken: page.next(ordinals, shown: scenarios.count))
  }

  func deleteScenario(_ request: DeleteScenarioRequest, _ call: ServerCall) async throws -> DeleteScenarioResponse {
    guard try await store.deleteScenario(id: request.id) else { throw ServiceFault.noScenario(request.id) }
    return DeleteScenarioResponse()
  }

  func listScenarioTypes(_ request: ListScenarioTypesRequest, _ call: ServerCall) async throws
    -> ListScenarioTypesResponse
  {
    let page = try PageRequest(
      "scenario-types", "\(request.category.rawValue)", size: request.pageSize, token: request.pageToken)
    // The library is short and fixed: its page tokens count down from its end, as those of the other lists do.
    let types = library.types.map { TwinProto.ScenarioType($0.descriptor) }.filter {
      request.category == .unspecified || $0.category == request.category
    }
    let start = page.before == .max ? 0 : max(0, types.count - Int(clamping: page.before) + 1)
    let found = Array(types.dropFirst(start).prefix(page.limit + 1))
    let ordinals = found.indices.map { Int64(types.count - start - $0) }
    return ListScenarioTypesResponse(
      scenarioTypes: Array(found.prefix(page.limit)), nextPageToken: page.next(ordinals))
  }

  func getScenarioType(_ request: GetScenarioTypeRequest, _ call: ServerCall) async throws -> TwinProto.ScenarioType {
    guard let type = try? library.type(named: request.type) else {
      throw ServiceFault(
        .notFound, .scenarioTypeNotFound, "there is no scenario type \(request.type)", facts: ["type": request.type])
    }
    return TwinProto.ScenarioType(type.descriptor)
  }

  private func withStatus(_ stored: StoredScenario) async throws -> Scenario {
    var scenario = stored.scenario
    if let newest = try await store.newestRun(scenario.simulationID) { scenario.status = newest.run.status }
    return scenario
  }
}

/// The caller's name for a request.
enum RequestID {
  private static let maxLength = 128

  /// Why it is refused; nil when it isn't.
  static func violation(_ id: String) -> ServiceFault.FieldViolation? {
    id.utf8.count <= maxLength ? nil : .init("request_id", "is longer than \(maxLength) characters")
  }
}

/// Turns what a model says of its input into what a caller is told.
func checked<Value>(_ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let error as InvalidInput {
    throw ServiceFault.invalid(error.issues.map { .init($0.field, $0.reason) })
  }
}

/// Parameters come from several places: the scenario, the run, and `weather`, which is a parameter with a place of its own.
enum ParameterMerge {
  /// - Throws: `ServiceFault` naming `weather` when it stands in two places.
  static func merged(_ parameters: InputValue, weather: InputValue?, over base: InputValue = .object([])) throws
    -> InputValue
  {
    guard case .object(var own) = parameters, case .object(var members) = base else {
      throw ServiceFault.invalid("parameters", "must be an object")
    }
    if let weather, weather != .null {
      if own.contains(where: { $0.name == "weather" }) {
        throw ServiceFault.invalid("weather", "is given twice: beside the parameters and among them")
      }
      own.append(.init("weather", weather))
    }
    let given = own
    members.removeAll { old in given.contains { $0.name == old.name } }
    return .object(members + given)
  }
}

/// A page of a list that is ordered by a number, newest first.
struct PageRequest {
  private static let defaultSize = 100
  private static let maxSize = 1_000

  /// Names the list with its filter, so that its tokens open no other.
  let list: String
  let limit: Int
  let before: Int64

  /// - Throws: `ServiceFault` naming the field.
  init(_ list: String..., size: Int32, token: String) throws {
    self.list = list.joined(separator: "|")
    guard (0...Int32(Self.maxSize)).contains(size) else {
      throw ServiceFault.invalid("page_size", "must be from 0 to \(Self.maxSize)")
    }
    limit = size == 0 ? Self.defaultSize : Int(size)
    guard !token.isEmpty else {
      before = .max
      return
    }
    guard let number = PageToken.position(in: token, of: self.list, count: 1)?.first, number > 0 else {
      throw ServiceFault(
        .invalidArgument, .pageTokenInvalid, "page_token: is not one that this list gave",
        violations: [.init("page_token", "is not one that this list gave")])
    }
    before = number
  }

  /// The token of the next page, given one entry more than fits if there is one.
  ///
  /// - Parameter shown: entries on this page, when it ends before its limit.
  func next(_ ordinals: [Int64], shown: Int? = nil) -> String {
    let shown = shown ?? limit
    return ordinals.count > shown && shown > 0 ? PageToken(list: list, position: [ordinals[shown - 1]]).text : ""
  }
}

extension ServiceFault {
  static func noScenario(_ id: String) -> ServiceFault {
    ServiceFault(.notFound, .scenarioNotFound, "there is no scenario \(id)", facts: ["id": id])
  }

  static func noSimulation(_ id: String) -> ServiceFault {
    ServiceFault(.notFound, .simulationNotFound, "there is no simulation or scenario \(id)", facts: ["id": id])
  }
}

extension RunStore {
  func existing(_ id: String) async throws -> StoredScenario {
    guard let stored = try await scenario(id: id), !stored.isDeleted else { throw ServiceFault.noScenario(id) }
    return stored
  }
}
