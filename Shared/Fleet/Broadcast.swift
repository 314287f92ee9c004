import Synchronization

/// Hands updates to any number of subscriptions, none of which can hold it up.
public final class Broadcast<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Reader {
    var subscription: Subscription<Key, Value>
    var filter: Filter
  }

  /// Which keys a subscription wants.
  public enum Filter: Sendable {
    case all
    case keys(Set<Key>)
    case matching(@Sendable (Key) -> Bool)

    fileprivate func admits(_ key: Key) -> Bool {
      switch self {
      case .all: true
      case .keys(let keys): keys.contains(key)
      case .matching(let condition): condition(key)
      }
    }
  }

  private struct State {
    var readers: [Int: Reader] = [:]
    var nextID = 0
  }

  private let state = Mutex(State())

  public init() {}

  /// Tells every subscription that wants the key.
  public func publish(_ value: Value, for key: Key) {
    let readers = state.withLock { state -> [Subscription<Key, Value>] in
      guard !state.readers.isEmpty else { return [] }
      return state.readers.values.compactMap { $0.filter.admits(key) ? $0.subscription : nil }
    }
    for reader in readers { reader.offer(value, for: key) }
  }

  /// Subscribes until `leave` is called with the token.
  public func join(_ subscription: Subscription<Key, Value>, _ filter: Filter = .all) -> Token {
    state.withLock { state in
      state.nextID += 1
      state.readers[state.nextID] = Reader(subscription: subscription, filter: filter)
      return Token(id: state.nextID)
    }
  }

  /// Adds keys to those that a subscription wants.
  public func add(_ keys: some Sequence<Key>, to token: Token) {
    state.withLock { state in
      guard case .keys(var wanted) = state.readers[token.id]?.filter else { return }
      state.readers[token.id]?.filter = .all
      wanted.formUnion(keys)
      state.readers[token.id]?.filter = .keys(wanted)
    }
  }

  public func leave(_ token: Token) { _ = state.withLock { $0.readers.removeValue(forKey: token.id) } }

  /// The subscriptions there are.
  public var count: Int { state.withLock(\.readers.count) }

  /// Names a subscription.
  public struct Token: Sendable, Hashable { fileprivate let id: Int }
}
