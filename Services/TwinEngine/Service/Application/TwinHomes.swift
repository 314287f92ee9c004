import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// Where the twins' states are: each at one replica, its home.
///
/// A twin whose home this replica becomes is loaded from the database; one whose home it no longer is is stored, then let
/// go. Homes that don't agree who there is do no harm: a state is only stored in place of the one that it goes on from, so
/// that of two that store the second is refused, drops what it has, and has state-sync send again.
struct TwinHomes: Sendable {
  /// How often a call for a twin is made again, here or there, while replicas don't agree where its home is.
  static let attempts = 5
  /// Before the second attempt; twice as long before each further one: 0.75 s together.
  static let firstPause = Duration.milliseconds(50)
  /// How long another replica may take to answer.
  static let timeout = Duration.seconds(5)

  let replicas: Replicas
  let store: any TwinStore
  let fleet: Fleet
  let loader: FleetLoader
  let writer: StateWriter

  // MARK: Calls

  /// Answers a call about a twin's live state, here or at its home.
  ///
  /// - Parameters:
  ///   - here: makes the answer of the state that is here.
  ///   - there: asks another replica by a channel to it, with options that mark the call as passed on.
  /// - Throws: `ServiceFault` with UNAVAILABLE when the home can't be reached or isn't agreed on.
  func answer<Answer: Sendable>(
    for id: String, _ call: ServerCall, here: () async throws -> Answer,
    there: (any RPCChannel, CallOptions) async throws -> Answer
  ) async throws -> Answer {
    guard TwinID.number(id) != nil else { throw ServiceFault.noTwin(id) }
    var pause = Self.firstPause
    var attempt = 1
    while true {
      do {
        switch replicas.home(of: id) {
        case .here:
          try await load([id])
          return try await here()
        case .replica(let address):
          if PassedOn.isMarked(call) { throw Self.notHome(id, address) }
          do {
            return try await there(replicas.channel(to: address), PassedOn.options(timeout: Self.timeout))
          } catch let error as RPCError where error.code == .unavailable {
            throw Self.unreachable(id, address, error)
          }
        case .unknown: throw Self.noReplicas
        }
      } catch let fault as ServiceFault where fault.code == .unavailable && !PassedOn.isMarked(call) {
        guard attempt < Self.attempts else { throw fault }
        attempt += 1
        try await Task.sleep(for: pause)
        pause *= 2
      }
    }
  }

  static func notHome(_ id: String, _ address: String) -> ServiceFault {
    ServiceFault(
      .unavailable, .upstreamUnavailable, "the home of \(id) is \(address), not this replica; ask again",
      facts: ["twin": id, "home": address], retryAfter: StoreUnavailable.retryAfter)
  }

  private static func unreachable(_ id: String, _ address: String, _ error: RPCError) -> ServiceFault {
    ServiceFault(
      .unavailable, .upstreamUnavailable, "\(address), the home of \(id), can't answer now: \(error.message)",
      facts: ["twin": id, "home": address], retryAfter: StoreUnavailable.retryAfter)
  }

  static let noReplicas = ServiceFault(
    .unavailable, .upstreamUnavailable, "no replica of twin-engine is known yet; check peers.twin-engine.addresses",
    retryAfter: StoreUnavailable.retryAfter)

  // MARK: States

  /// Loads the states of twins that have their home here, as far as they aren't here.
  ///
  /// - Throws: `StoreUnavailable`.
  func load(_ ids: some Sequence<String>) async throws {
    var rest = fleet.missing(ids)[...]
    while !rest.isEmpty {
      let numbers = Array(rest.prefix(TwinStoreLimits.statesPerLoad))
      rest = rest.dropFirst(numbers.count)
      var found: [Int64: StoredState] = [:]
      for state in try await store.states(of: numbers) { found[state.number] = state }
      var conditions: [Int64: [StoredCondition]] = [:]
      for condition in try await store.conditions(of: numbers) {
        conditions[condition.name.number, default: []].append(condition)
      }
      for number in numbers { fleet.enter(number, from: found[number], conditions[number] ?? []) }
    }
  }

  /// Lets the twins go that have their home elsewhere by a view, those that aren't stored after they are, and loads those
  /// that have it here.
  ///
  /// - Throws: `StoreUnavailable`.
  func settle(_ view: Replicas.View) async throws {
    func isHere(_ id: String) -> Bool { replicas.home(of: id, in: view) == .here }
    var lost = fleet.ids(here: true).filter { !isHere($0) }
    while !lost.isEmpty, replicas.view.version == view.version {
      try await writer.flush()
      for id in lost { fleet.leave(id, unstored: false) }
      lost = fleet.ids(here: true).filter { !isHere($0) }
    }
    guard replicas.view.version == view.version else { return }
    try await load(fleet.ids(here: false).filter(isHere))
  }
}
