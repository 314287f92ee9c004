public import NIOCore
public import RPCResolver
import Synchronization

/// Answers look-ups from a list that a test can change.
public final class ListResolver: AddressResolver {
  private struct State {
    var addresses: [SocketAddress]
    var failure: ResolutionError?
  }

  private let state: Mutex<State>
  /// One event for each look-up, with the number of addresses that it found.
  public let lookUps = Events<Int>()

  /// - Parameter ports: of 127.0.0.1.
  public init(ports: [Int]) { state = Mutex(State(addresses: ports.map(Self.loopback))) }

  public func set(ports: [Int]) {
    state.withLock { state in
      state.addresses = ports.map(Self.loopback)
      state.failure = nil
    }
  }

  public func fail(_ reason: String) {
    state.withLock { $0.failure = ResolutionError(host: "test", reason: reason) }
  }

  public func addresses(host: String, port: Int) async throws -> [SocketAddress] {
    let result = state.withLock { state -> Result<[SocketAddress], any Error> in
      if let failure = state.failure { return .failure(failure) }
      return .success(state.addresses)
    }
    lookUps.record((try? result.get())?.count ?? 0)
    return try result.get()
  }

  private static func loopback(_ port: Int) -> SocketAddress {
    // A literal address can't fail to parse.
    try! SocketAddress(ipAddress: "127.0.0.1", port: port)
  }
}
