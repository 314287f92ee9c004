import Logging
import RuntimeTelemetry
import ServiceLifecycle
import Synchronization

/// The addresses of a service's replicas, as IP addresses with ports, looked up again and again.
///
/// What was found stays while a look-up fails: a DNS server that is away moves nothing.
public final class ServiceAddresses: Sendable {
  private struct State {
    var addresses: [String] = []
    var observers: [@Sendable ([String]) -> Void] = []
    var problem: String?
  }

  private let name: String
  private let resolver: SourceResolver
  private let interval: Duration
  private let logger: Logger
  private let state = Mutex(State())

  /// - Parameter interval: between two look-ups.
  init(name: String, _ resolver: SourceResolver, interval: Duration, logger: Logger) {
    self.name = name
    self.resolver = resolver
    self.interval = interval
    self.logger = logger
  }

  /// What is known now, ascending; empty before the first look-up that succeeded.
  public var current: [String] { state.withLock(\.addresses) }

  /// Tells of every change, and at once of what is known.
  public func observe(_ body: @escaping @Sendable ([String]) -> Void) {
    let known = state.withLock { state in
      state.observers.append(body)
      return state.addresses
    }
    if !known.isEmpty { body(known) }
  }

  /// Whether anybody wants to know.
  var isObserved: Bool { state.withLock { !$0.observers.isEmpty } }

  /// Looks the addresses up.
  ///
  /// - Returns: what is known afterwards.
  @discardableResult
  public func lookUp() async -> [String] {
    do {
      let found = Set(try await resolver.addresses().compactMap(\.text)).sorted()
      // A service without addresses is more likely to be one that nobody could look up than one without replicas.
      guard !found.isEmpty else { throw AddressSource.Malformed(description: "no address is listed") }
      let observers = state.withLock { state -> [@Sendable ([String]) -> Void] in
        state.problem = nil
        guard found != state.addresses else { return [] }
        state.addresses = found
        return state.observers
      }
      if !observers.isEmpty {
        logger.info(
          "replicas", metadata: .of([.peer: "\(name)", .value: "\(found.joined(separator: ","))"]))
      }
      for observer in observers { observer(found) }
    } catch {
      let text = "\(error)"
      // Once for each new problem, since it comes again with every look-up.
      if state.withLock({ state in
        defer { state.problem = text }
        return state.problem != text
      }) {
        logger.warning(
          "addresses can't be looked up; those known stay",
          metadata: .of([.peer: "\(name)", .error: "\(text)"]))
      }
    }
    return current
  }

  /// Looks up until cancelled.
  fileprivate func keepLookingUp(_ clock: any Clock<Duration>) async throws {
    while true {
      await lookUp()
      try await clock.sleep(for: interval)
    }
  }
}

/// Looks up the addresses that somebody wants to know until the service stops.
struct AddressLookUps: Service {
  let all: [ServiceAddresses]
  let clock: any Clock<Duration>

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        for addresses in all where addresses.isObserved {
          group.addTask { try? await addresses.keepLookingUp(clock) }
        }
      }
    }
    try? await gracefulShutdown()
  }
}
