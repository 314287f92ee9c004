public import RPCCore

/// The replicas of a service as they are known now: which one a key belongs to, and how to call it.
///
/// Whoever finds out which replicas there are says so by `update`; nothing here looks anything up.
public final class Replicas: Sendable {
  /// The replicas at one moment.
  public struct View: Sendable, Hashable {
    /// Counts the changes up from 0.
    public var version: Int
    public var ring: HashRing
  }

  /// Where a key belongs.
  public enum Home: Sendable, Hashable {
    /// This process.
    case here
    /// The replica with this address.
    case replica(String)
    /// No replica is known now.
    case unknown
  }

  private struct State {
    var view: View
    var channels: [String: any RPCChannel] = [:]
  }

  /// The address of this process, if it is one of the replicas.
  public let own: String?
  private let connect: @Sendable (String) -> any RPCChannel
  private let state: Watched<State>

  /// - Parameters:
  ///   - own: the address of this process, if it is one of the replicas.
  ///   - addresses: the replicas that are known at first.
  ///   - connect: makes a channel to one of them; called once for each while it stays. A channel is let go when its
  ///     replica isn't one any more.
  public init(own: String?, addresses: [String] = [], connect: @escaping @Sendable (String) -> any RPCChannel) {
    self.own = own
    self.connect = connect
    state = Watched(State(view: View(version: 0, ring: HashRing(addresses))))
  }

  /// The only replica, which is this process.
  public static func alone(_ own: String = "here") -> Replicas {
    Replicas(own: own, addresses: [own]) { address in preconditionFailure("\(address) isn't called by itself") }
  }

  public var view: View { state.withLock(\.view) }

  /// Whether this process is the only replica, so that nothing belongs elsewhere.
  public var isAlone: Bool { state.withLock { $0.view.ring.nodes.count == 1 && $0.view.ring.nodes[0] == own } }

  /// Says which replicas there are. Their order and repeats don't matter.
  ///
  /// - Returns: whether that is a change.
  @discardableResult
  public func update(_ addresses: some Sequence<String>) -> Bool {
    let ring = HashRing(addresses)
    // The channels that nobody needs are let go outside of the lock.
    let gone = state.change { state -> [any RPCChannel]? in
      guard ring != state.view.ring else { return nil }
      state.view = View(version: state.view.version + 1, ring: ring)
      let gone = state.channels.filter { !ring.nodes.contains($0.key) }
      for address in gone.keys { state.channels[address] = nil }
      return Array(gone.values)
    }
    return gone != nil
  }

  /// Where a key belongs.
  public func home(of key: String) -> Home {
    let ring = view.ring
    guard let home = ring.home(of: key) else { return .unknown }
    return home == own ? .here : .replica(home)
  }

  /// Where a key belongs by a view.
  public func home(of key: String, in view: View) -> Home {
    guard let home = view.ring.home(of: key) else { return .unknown }
    return home == own ? .here : .replica(home)
  }

  /// All replicas but this process.
  public var others: [String] { view.ring.nodes.filter { $0 != own } }

  /// The channel to a replica, also to one that isn't known any more: then it is made for this call.
  public func channel(to address: String) -> any RPCChannel {
    if let channel = state.withLock({ $0.channels[address] }) { return channel }
    let made = connect(address)
    return state.withLock { state in
      if let channel = state.channels[address] { return channel }
      if state.view.ring.nodes.contains(address) { state.channels[address] = made }
      return made
    }
  }

  /// Returns when the replicas aren't those of this version any more.
  ///
  /// - Throws: `CancellationError`.
  public func changed(since version: Int) async throws -> View {
    try await state.wait { $0.view.version == version }
    return view
  }
}

/// A call that another replica passed on.
///
/// It is passed on once: a replica that gets a marked call answers it or says that it can't, so that replicas that
/// don't agree yet who there is never send a call round in a circle.
public enum PassedOn {
  /// The key of the mark among a call's metadata.
  public static let key = "twin-passed-on"

  /// Whether another replica passed the call on.
  public static func isMarked(_ call: ServerCall) -> Bool { call.metadata[key] != nil }

  /// Options that mark a call.
  ///
  /// - Parameter timeout: the longest that it may take.
  public static func options(timeout: Duration? = nil) -> CallOptions {
    var options = CallOptions(timeout: timeout)
    options.metadata.add(key, "1")
    return options
  }
}
