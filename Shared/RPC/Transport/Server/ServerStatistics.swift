internal import RPCCore
import Synchronization

/// What a server counts, for metrics. All counts grow only, but for the two that say `open`.
public final class ServerStatistics: Sendable {
  private let connectionsOpened = Atomic(0)
  private let connectionsOpenNow = Atomic(0)
  private let connectionsRefused = Atomic(0)
  private let callsStarted = Atomic(0)
  private let callsEnded = Atomic(0)

  /// A look at all counts.
  public struct Snapshot: Sendable, Equatable {
    public var connectionsOpened: Int
    public var connectionsOpen: Int
    public var connectionsRefused: Int
    public var callsStarted: Int
    public var callsEnded: Int
  }

  init() {}

  public var snapshot: Snapshot {
    Snapshot(
      connectionsOpened: connectionsOpened.load(ordering: .relaxed),
      connectionsOpen: connectionsOpenNow.load(ordering: .relaxed),
      connectionsRefused: connectionsRefused.load(ordering: .relaxed),
      callsStarted: callsStarted.load(ordering: .relaxed), callsEnded: callsEnded.load(ordering: .relaxed))
  }

  func connectionOpened() {
    connectionsOpened.add(1, ordering: .relaxed)
    connectionsOpenNow.add(1, ordering: .relaxed)
  }

  func connectionClosed() { connectionsOpenNow.subtract(1, ordering: .relaxed) }

  func connectionRefused() { connectionsRefused.add(1, ordering: .relaxed) }

  func callStarted() { callsStarted.add(1, ordering: .relaxed) }

  func callEnded(_: StatusCode) { callsEnded.add(1, ordering: .relaxed) }
}
