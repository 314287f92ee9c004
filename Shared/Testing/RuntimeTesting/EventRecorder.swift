public import Logging
public import ServiceLifecycle
import Synchronization

/// What happened, in order.
public final class EventRecorder: Sendable {
  private struct State {
    var events: [String] = []
    var waiters: [(event: String, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  public init() {}

  public var events: [String] { state.withLock(\.events) }

  public func record(_ event: String) {
    let due = state.withLock { state in
      state.events.append(event)
      let due = state.waiters.filter { $0.event == event }
      state.waiters.removeAll { $0.event == event }
      return due
    }
    for waiter in due { waiter.continuation.resume() }
  }

  /// Waits until `event` has happened.
  public func wait(for event: String) async {
    await withCheckedContinuation { continuation in
      let happened = state.withLock { state in
        if state.events.contains(event) { return true }
        state.waiters.append((event, continuation))
        return false
      }
      if happened { continuation.resume() }
    }
  }
}

/// A part that notes when it starts and stops, and stops when it's asked to.
public struct RecordedPart: Service {
  /// What a part that fails throws.
  public struct Broken: Error {}

  public enum Behaviour: Sendable {
    /// Ends when asked to.
    case stops
    /// Goes on until the recorder hears "let NAME go".
    case hangs
    /// Throws at once.
    case fails
  }

  private let name: String
  private let recorder: EventRecorder
  private let behaviour: Behaviour

  public init(name: String, recorder: EventRecorder, behaviour: Behaviour = .stops) {
    self.name = name
    self.recorder = recorder
    self.behaviour = behaviour
  }

  public func run() async throws {
    recorder.record("start \(name)")
    switch behaviour {
    case .fails: throw Broken()
    case .hangs:
      try? await gracefulShutdown()
      await recorder.wait(for: "let \(name) go")
    case .stops: try? await gracefulShutdown()
    }
    recorder.record("stop \(name)")
  }
}

/// A logger that says nothing.
public let silent = Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }
