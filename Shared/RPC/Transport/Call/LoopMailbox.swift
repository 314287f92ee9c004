import NIOCore
import Synchronization

/// Hands commands from any thread to an event loop; one wake-up serves all that gathered meanwhile.
final class LoopMailbox<Command: Sendable>: Sendable {
  private struct State {
    var commands: [Command] = []
    var isScheduled = false
  }

  let loop: any EventLoop
  private let state = Mutex(State())
  private let wake: @Sendable () -> Void

  /// - Parameter wake: runs on the loop; it must call `take`.
  init(loop: any EventLoop, wake: @escaping @Sendable () -> Void) {
    self.loop = loop
    self.wake = wake
  }

  func post(_ command: Command) {
    let mustWake = state.withLock { state in
      state.commands.append(command)
      defer { state.isScheduled = true }
      return !state.isScheduled
    }
    if mustWake { loop.execute(wake) }
  }

  /// Everything that was posted since the last time.
  func take() -> [Command] {
    state.withLock { state in
      state.isScheduled = false
      defer { state.commands = [] }
      return state.commands
    }
  }
}
