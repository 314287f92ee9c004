import NIOCore
import RPCCore
import Synchronization

/// One direction of a call inside a process: a bounded queue of messages that ends well or with an error.
final class MessagePipe: Sendable {
  /// A sender waits while this many bytes are queued.
  private static let highWater = 64 * 1024

  private enum End {
    case none, finished
    case failed(RPCError)
  }

  private enum Step {
    case message(ByteBuffer, [CheckedContinuation<Void, Never>])
    case over
    case wait
  }

  private struct State {
    var queue = CircularBuffer<ByteBuffer>()
    var bytes = 0
    var end = End.none
    var reader: CheckedContinuation<Void, Never>?
    var writers: [CheckedContinuation<Void, Never>] = []

    mutating func next(highWater: Int) throws -> Step {
      if let message = queue.popFirst() {
        bytes -= message.readableBytes
        guard bytes <= highWater else { return .message(message, []) }
        defer { writers = [] }
        return .message(message, writers)
      }
      switch end {
      case .none: return .wait
      case .finished: return .over
      case .failed(let error): throw error
      }
    }

    mutating func wake() -> [CheckedContinuation<Void, Never>] {
      defer {
        reader = nil
        writers = []
      }
      return writers + [reader].compactMap { $0 }
    }
  }

  private let state = Mutex(State())

  /// - Throws: the error that the pipe was ended with, or `CANCELLED` once it was finished or the task was cancelled.
  func send(_ message: ByteBuffer) async throws {
    let (reader, isFull) = try state.withLock { state in
      switch state.end {
      case .failed(let error): throw error
      case .finished: throw RPCError.afterEnd
      case .none: break
      }
      state.queue.append(message)
      state.bytes += message.readableBytes
      defer { state.reader = nil }
      return (state.reader, state.bytes > Self.highWater)
    }
    reader?.resume()
    guard isFull else { return }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let goesOn = state.withLock { state in
          guard case .none = state.end, state.bytes > Self.highWater else { return true }
          state.writers.append(continuation)
          return false
        }
        if goesOn { continuation.resume() } else if Task.isCancelled { wakeAll() }
      }
    } onCancel: {
      wakeAll()
    }
    if Task.isCancelled { throw RPCError(.cancelled, "the task that sends was cancelled") }
  }

  /// The next message; nil when the pipe was finished.
  func receive() async throws -> ByteBuffer? {
    while true {
      let step = try state.withLock { try $0.next(highWater: Self.highWater) }
      switch step {
      case .message(let message, let writers):
        for writer in writers { writer.resume() }
        return message
      case .over: return nil
      case .wait: break
      }
      if Task.isCancelled { throw RPCError(.cancelled, "the task that reads was cancelled") }
      await waitForMessage()
    }
  }

  private func waitForMessage() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let goesOn = state.withLock { state in
          guard state.queue.isEmpty, case .none = state.end else { return true }
          precondition(state.reader == nil, "two tasks read one call at the same time")
          state.reader = continuation
          return false
        }
        if goesOn { continuation.resume() } else if Task.isCancelled { wakeAll() }
      }
    } onCancel: {
      wakeAll()
    }
  }

  /// Says that nothing follows; what is queued can still be read.
  func finish() { end(.finished) }

  /// Says that the call is over. The first end counts.
  ///
  /// - Parameter dropping: whether what is queued is lost.
  func fail(_ error: RPCError, dropping: Bool) { end(.failed(error), dropping: dropping) }

  private func end(_ end: End, dropping: Bool = false) {
    let waiting = state.withLock { state in
      if case .none = state.end { state.end = end }
      if dropping {
        state.queue.removeAll()
        state.bytes = 0
      }
      return state.wake()
    }
    for continuation in waiting { continuation.resume() }
  }

  private func wakeAll() {
    for continuation in state.withLock({ $0.wake() }) { continuation.resume() }
  }
}
