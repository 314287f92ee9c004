public import Synchronization

/// Hands updates to any number of subscriptions, none of which can hold it up.
///
/// What a subscription that names its keys costs is paid when it joins: an update finds those that want it by its key,
/// however many others there are.
public final class Broadcast<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  @usableFromInline struct Reader {
    @usableFromInline var subscription: Subscription<Key, Value>
    @usableFromInline var filter: Filter

    @inlinable init(subscription: Subscription<Key, Value>, filter: Filter) {
      self.subscription = subscription
      self.filter = filter
    }
  }

  /// Which keys a subscription wants.
  public enum Filter: Sendable {
    case all
    case keys(Set<Key>)
    case matching(@Sendable (Key) -> Bool)
  }

  @usableFromInline struct State {
    @usableFromInline var readers: [Int: Reader] = [:]
    /// Readers that don't name their keys, ascending.
    @usableFromInline var unnamed: [Int] = []
    /// Readers that name their keys, by key, each ascending.
    @usableFromInline var named: [Key: [Int]] = [:]
    @usableFromInline var nextID = 0

    @inlinable init() {}

    @inlinable mutating func add(_ id: Int, to keys: some Sequence<Key>) {
      for key in keys { named[key, default: []].append(id) }
    }

    @inlinable mutating func remove(_ id: Int, from keys: some Sequence<Key>) {
      for key in keys {
        named[key]?.removeAll { $0 == id }
        if named[key]?.isEmpty == true { named[key] = nil }
      }
    }

    /// Whoever wants a key.
    @inlinable func wanting(_ key: Key) -> [Subscription<Key, Value>] {
      var found: [Subscription<Key, Value>] = []
      for id in unnamed {
        guard let reader = readers[id] else { continue }
        if case .matching(let condition) = reader.filter, !condition(key) { continue }
        found.append(reader.subscription)
      }
      if !named.isEmpty, let ids = named[key] {
        for id in ids { if let reader = readers[id] { found.append(reader.subscription) } }
      }
      return found
    }
  }

  @usableFromInline let state: Mutex<State>

  @inlinable public init() { state = Mutex(State()) }

  /// Tells every subscription that wants the key.
  @inlinable public func publish(_ value: Value, for key: Key) {
    let readers = state.withLock { $0.readers.isEmpty ? [] : $0.wanting(key) }
    for reader in readers { reader.offer(value, for: key) }
  }

  /// Subscribes until `leave` is called with the token.
  @inlinable public func join(_ subscription: Subscription<Key, Value>, _ filter: Filter = .all) -> Token {
    state.withLock { state in
      state.nextID += 1
      state.readers[state.nextID] = Reader(subscription: subscription, filter: filter)
      if case .keys(let keys) = filter {
        state.add(state.nextID, to: keys)
      } else {
        state.unnamed.append(state.nextID)
      }
      return Token(id: state.nextID)
    }
  }

  /// Adds keys to those that a subscription wants.
  @inlinable public func add(_ keys: some Sequence<Key>, to token: Token) {
    state.withLock { state in
      guard case .keys(var wanted) = state.readers[token.id]?.filter else { return }
      // The set is changed where it is, not copied.
      state.readers[token.id]?.filter = .all
      let new = keys.filter { wanted.insert($0).inserted }
      state.readers[token.id]?.filter = .keys(wanted)
      state.add(token.id, to: new)
    }
  }

  @inlinable public func leave(_ token: Token) {
    state.withLock { state in
      guard let reader = state.readers.removeValue(forKey: token.id) else { return }
      if case .keys(let keys) = reader.filter {
        state.remove(token.id, from: keys)
      } else {
        state.unnamed.removeAll { $0 == token.id }
      }
    }
  }

  /// The subscriptions there are.
  @inlinable public var count: Int { state.withLock(\.readers.count) }

  /// Names a subscription.
  public struct Token: Sendable, Hashable {
    @usableFromInline let id: Int

    @inlinable init(id: Int) { self.id = id }
  }
}
