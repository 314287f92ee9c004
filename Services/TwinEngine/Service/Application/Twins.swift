import FleetCore
import RPCErrors
import SimulationInput
import SimulationVehicles

/// What can be done with twins as such: creating, reading, listing, deleting, finding them.
struct Twins: Sendable {
  static let maximumVehicleIDLength = 128
  static let maximumRequestIDLength = 128
  static let pageSizes = PageSizes(usual: 100, largest: 1_000)
  static let maximumResolved = 10_000

  let store: any TwinStore
  let loader: FleetLoader
  let clock: WallClock

  /// Creates a twin. Safe to repeat with the same request id.
  func create(_ draft: TwinDraft) async throws -> TwinRecord {
    try check(draft)
    switch try await store.create(draft, at: clock.now()) {
    case .created(let record):
      await follow()
      return record
    case .requestSeen(let record):
      guard draft.describes(record) else { throw ServiceFault.requestIDReused(draft.requestID ?? "", by: record.id) }
      return record
    case .vehicleTaken(let record):
      throw ServiceFault.vehicleTaken(draft.physicalVehicleID, by: record.id)
    }
  }

  private func check(_ draft: TwinDraft) throws {
    var violations: [ServiceFault.FieldViolation] = []
    if let problem = Self.problem(withVehicleID: draft.physicalVehicleID) {
      violations.append(.init("physical_vehicle_id", problem))
    }
    if let requestID = draft.requestID, requestID.utf8.count > Self.maximumRequestIDLength {
      violations.append(.init("request_id", "must have at most \(Self.maximumRequestIDLength) bytes"))
    }
    guard let type = ModelTypes.type(named: draft.modelType) else {
      throw ServiceFault.unknownModelType(draft.modelType, besides: violations)
    }
    let parameters = ModelTypes.violations(of: draft.overrides, in: type)
    guard violations.isEmpty else {
      throw ServiceFault.invalid(violations + parameters.map { .init($0.field, $0.description) })
    }
    if !parameters.isEmpty { throw ServiceFault.wrongParameters(parameters) }
  }

  /// What is wrong with a physical id; nil when nothing is.
  private static func problem(withVehicleID id: String) -> String? {
    if id.isEmpty { return "is required" }
    if id.count > maximumVehicleIDLength { return "must have 1 to \(maximumVehicleIDLength) characters" }
    // Control characters would make identities that look alike.
    if id.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
      return "must not contain control characters"
    }
    return nil
  }

  func twin(_ id: String) async throws -> TwinRecord {
    guard let number = TwinID.number(id), let record = try await store.twin(number) else {
      throw ServiceFault.noTwin(id)
    }
    return record
  }

  /// A page of twins, ordered by number.
  func list(pageSize: Int32, pageToken: String, modelType: String) async throws -> (
    twins: [TwinRecord], nextPageToken: String
  ) {
    let size = try Self.pageSizes.size(pageSize)
    let list = "twins|\(modelType)"
    let after = try pageToken.isEmpty ? 0 : Self.position(pageToken, of: list)
    let found = try await store.twins(after: after, modelType: modelType.isEmpty ? nil : modelType, limit: size + 1)
    guard found.count > size, let last = found.prefix(size).last else { return (found, "") }
    return (Array(found.prefix(size)), PageToken(list: list, position: [last.number]).text)
  }

  private static func position(_ token: String, of list: String) throws -> Int64 {
    guard let position = PageToken.position(in: token, of: list, count: 1) else { throw ServiceFault.wrongPageToken() }
    return position[0]
  }

  func delete(_ id: String) async throws {
    guard let number = TwinID.number(id), let _ = try await store.delete(number, at: clock.now()) else {
      throw ServiceFault.noTwin(id)
    }
    await follow()
  }

  /// Lets the fleet know of a change at once. What is committed stays so even if the store goes right now; the fleet
  /// then hears of it when the store is back.
  private func follow() async { try? await loader.refresh() }

  /// The ids of the twins of physical vehicles; those without a twin are left out.
  func resolve(_ physicalVehicleIDs: [String]) async throws -> [String: String] {
    guard physicalVehicleIDs.count <= Self.maximumResolved else {
      throw ServiceFault.invalid(
        "physical_vehicle_ids", "must name at most \(Self.maximumResolved) vehicles, not \(physicalVehicleIDs.count)")
    }
    guard !physicalVehicleIDs.isEmpty else { return [:] }
    return try await store.numbers(of: physicalVehicleIDs).mapValues { TwinID.text($0) }
  }
}
