import FleetCore
import RPCCore
import RPCErrors
import Synchronization
import TwinProto

/// The vehicles that samples are taken for: what twin-engine said, kept in the store, so that they stay known while
/// twin-engine is away.
final class VehicleDirectory: Sendable {
  /// A vehicle that twin-engine doesn't know isn't asked for again for so long, s.
  static let unknownFor = 1.0
  /// Unknown vehicles that are remembered as such.
  static let maximumUnknown = 10_000
  /// A twin-engine that couldn't be asked isn't asked again for so long, s.
  static let awayFor = 1.0

  /// How a request names a vehicle.
  enum Reference: Sendable, Hashable {
    case twin(String)
    case physical(String)
  }

  private struct State {
    var byID: [String: Vehicle] = [:]
    /// Ids of the vehicles that aren't removed, by physical id.
    var byPhysicalID: [String: String] = [:]
    var byKey: [Int32: String] = [:]
    var unknownUntil: [Reference: UTCInstant] = [:]
    var away: (until: UTCInstant, fault: ServiceFault)?
    var isLoaded = false

    mutating func put(_ vehicle: Vehicle) {
      byID[vehicle.id] = vehicle
      byKey[vehicle.key] = vehicle.id
      if !vehicle.isRemoved {
        byPhysicalID[vehicle.physicalID] = vehicle.id
      } else if byPhysicalID[vehicle.physicalID] == vehicle.id {
        byPhysicalID[vehicle.physicalID] = nil
      }
    }
  }

  private let store: any TelemetryStore
  private let engine: any TwinEngine
  private let clock: WallClock
  private let state = Mutex(State())

  init(store: any TelemetryStore, engine: any TwinEngine, clock: WallClock) {
    self.store = store
    self.engine = engine
    self.clock = clock
  }

  /// Reads what is known from before.
  func load() async throws {
    let vehicles = try await store.vehicles()
    state.withLock { state in
      for vehicle in vehicles { state.put(vehicle) }
      state.isLoaded = true
    }
  }

  /// Whether what is known from before has been read.
  var isLoaded: Bool { state.withLock(\.isLoaded) }

  // MARK: Finding

  /// All vehicles, removed ones included, in no order.
  var all: [Vehicle] { state.withLock { Array($0.byID.values) } }

  /// The vehicle with this key.
  func vehicle(_ key: Int32) -> Vehicle? { state.withLock { state in state.byKey[key].flatMap { state.byID[$0] } } }

  /// The vehicle, if it is known.
  ///
  /// - Parameter includingRemoved: whether one whose twin was deleted counts, as it does for reading.
  func known(_ reference: Reference, includingRemoved: Bool = false) -> Vehicle? {
    let vehicle = state.withLock { state in
      switch reference {
      case .twin(let id): state.byID[id]
      case .physical(let id): state.byPhysicalID[id].flatMap { state.byID[$0] }
      }
    }
    return vehicle?.isRemoved == true && !includingRemoved ? nil : vehicle
  }

  /// The vehicle; one that isn't known is asked twin-engine for, as it may have been created just now.
  ///
  /// - Throws: `ServiceFault` for a vehicle without a twin, and when twin-engine can't be asked; `StoreUnavailable`.
  func resolve(_ reference: Reference, includingRemoved: Bool = false) async throws -> Vehicle {
    if let vehicle = known(reference, includingRemoved: includingRemoved) { return vehicle }
    let now = clock.now()
    if let until = state.withLock({ $0.unknownUntil[reference] }), until > now { throw Self.unknown(reference) }
    guard let identity = try await ask(reference, now) else {
      state.withLock { state in
        if state.unknownUntil.count >= Self.maximumUnknown { state.unknownUntil.removeAll() }
        state.unknownUntil[reference] = now.adding(seconds: Self.unknownFor)
      }
      throw Self.unknown(reference)
    }
    try await add([identity])
    guard let vehicle = known(reference) else { throw Self.unknown(reference) }
    return vehicle
  }

  private func ask(_ reference: Reference, _ now: UTCInstant) async throws -> VehicleIdentity? {
    if let away = state.withLock(\.away), away.until > now { throw away.fault }
    do {
      return try await engine.identity(of: reference)
    } catch let fault as ServiceFault {
      state.withLock { $0.away = (now.adding(seconds: Self.awayFor), fault) }
      throw fault
    }
  }

  static func unknown(_ reference: Reference) -> ServiceFault {
    switch reference {
    case .twin(let id): .noTwin(id)
    case .physical(let id):
      ServiceFault(
        .notFound, .twinNotFound, "no twin stands for the vehicle '\(id)'", facts: ["physical_vehicle_id": id])
    }
  }

  // MARK: Following twin-engine

  /// Follows what twin-engine says until it stops saying.
  func follow() async throws {
    var isComplete = false
    var told: Set<String> = []
    try await engine.watch { [self] update in
      try await add(update.added.map { VehicleIdentity(id: $0.id, physicalID: $0.physicalVehicleID) })
      try await remove(update.removedIds)
      guard !isComplete else { return }
      told.formUnion(update.added.map(\.id))
      guard update.complete else { return }
      // What wasn't told was deleted while nobody listened.
      isComplete = true
      let gone = state.withLock { state in
        state.byID.values.filter { !$0.isRemoved && !told.contains($0.id) }.map(\.id)
      }
      told = []
      try await remove(gone)
    }
  }

  private func add(_ identities: [VehicleIdentity]) async throws {
    let new = identities.filter { known(.twin($0.id)) == nil }
    guard !new.isEmpty else { return }
    let vehicles = try await store.remember(new)
    state.withLock { state in
      for vehicle in vehicles { state.put(vehicle) }
      state.unknownUntil.removeAll()
    }
  }

  private func remove(_ ids: [String]) async throws {
    let there = ids.filter { known(.twin($0)) != nil }
    guard !there.isEmpty else { return }
    try await store.forget(there)
    state.withLock { state in
      for id in there {
        guard var vehicle = state.byID[id] else { continue }
        vehicle.isRemoved = true
        state.put(vehicle)
      }
    }
  }
}
