import NIOCore
import RPCCore
import RPCHTTP2
import Synchronization

/// What both ends of a call share: messages that arrived and wait for their reader, and a sender that must wait.
///
/// Loop-bound fields are only touched on the connection's event loop; everything that a task touches is behind the lock.
class CallStream: DeadlineNode, @unchecked Sendable {
  enum Inbound {
    case message(MessageDeframer.Message)
    case end
    case failure(RPCError)
  }

  private struct State {
    var messages = CircularBuffer<MessageDeframer.Message>(initialCapacity: 1)
    /// A unary answer is given to its reader together with its status, in one wake-up.
    var waitsForEnd = false
    var ended = false
    var failure: RPCError?
    var reader: UnsafeContinuation<Inbound, Never>?
    var encoding = MessageEncoding.identity
    var lastWasCompressed = false
    // Flow control: what arrived, less what is held, is what the peer may send again.
    var arrived = 0
    var held = 0
    var partial = 0
    /// Messages that wait cost more than their bytes.
    var memory: Int { held + partial + messages.count * CallStream.messageOverhead }
    var credited = 0
    // Sending.
    var sendingIsOver = false
    var unsent = 0
    var writers: [UnsafeContinuation<Void, Never>] = []

    mutating func take() -> Inbound? {
      if waitsForEnd, !ended, failure == nil { return nil }
      if let message = messages.popFirst() {
        held -= message.wireLength
        lastWasCompressed = message.isCompressed
        return .message(message)
      }
      if let failure { return .failure(failure) }
      return ended ? .end : nil
    }

    /// A message that nobody waits for yet keeps the peer from sending more; the one being assembled must be let through.
    mutating func credit(threshold: Int) -> Int {
      let due = arrived - credited - held - (messages.isEmpty ? 0 : partial)
      guard due >= threshold else { return 0 }
      credited += due
      return due
    }
  }

  // MARK: Loop-bound
  /// nil once the stream is gone.
  final var http2: HTTP2Stream?
  private final var deframer: MessageDeframer
  /// How many messages have arrived.
  private(set) final var arrivedMessages = 0
  /// What the connection has counted as held by this call.
  final var countedBytes = 0

  // MARK: Shared
  final let limits: CallLimits
  /// What a waiting message takes beside its bytes, about.
  fileprivate static let messageOverhead = 64
  /// Whether a second message is against the method's kind.
  private let takesOneMessage: Bool
  private final let creditThreshold: Int
  private final let state = Mutex(State())

  /// - Parameters:
  ///   - streamWindow: what the peer may send ahead on a stream, in bytes.
  ///   - takesOneMessage: whether a second message from the peer is an error.
  init(limits: CallLimits, streamWindow: Int, takesOneMessage: Bool) {
    self.limits = limits
    self.takesOneMessage = takesOneMessage
    creditThreshold = max(streamWindow / 4, 1)
    deframer = MessageDeframer(limit: limits.maxReceivedMessage)
  }

  /// Lets the peer send so much more. Called from any thread.
  func credit(_ bytes: Int) {}

  /// Asks for `drained` once what is queued has gone down. Called from any thread.
  func requestDrain() {}

  // MARK: Receiving, on the loop

  final func setInboundEncoding(_ encoding: MessageEncoding) { state.withLock { $0.encoding = encoding } }

  /// Takes in data of the stream.
  ///
  /// - Returns: the bytes that the peer may send again already, and what the call holds unread now.
  final func deliver(_ data: ByteBuffer) throws(RPCError) -> (credit: Int, memory: Int) {
    let length = data.readableBytes
    deframer.append(data)
    while let message = try deframer.next() {
      arrivedMessages += 1
      if takesOneMessage, arrivedMessages > 1 {
        throw RPCError(.unimplemented, "the peer sent more than one message where the method has one")
      }
      let reader = state.withLock { state -> UnsafeContinuation<Inbound, Never>? in
        guard let reader = state.reader, !state.waitsForEnd else {
          state.messages.append(message)
          state.held += message.wireLength
          return nil
        }
        state.reader = nil
        state.lastWasCompressed = message.isCompressed
        return reader
      }
      reader?.resume(returning: .message(message))
    }
    let pending = deframer.pending
    return state.withLock { state in
      state.arrived += length
      state.partial = pending
      return (state.credit(threshold: creditThreshold), state.memory)
    }
  }

  /// What the call holds unread.
  final var memory: Int { state.withLock { $0.memory } }

  /// Lets go of a message that has come in part.
  final func discardPartialMessage() { deframer = MessageDeframer(limit: limits.maxReceivedMessage) }

  /// Holds the message back until the call has ended, so that its reader wakes once.
  final func waitForEnd() { state.withLock { $0.waitsForEnd = true } }

  /// Nothing that is sent from now on can reach the peer.
  final func endSending() {
    let writers = state.withLock { state in
      state.sendingIsOver = true
      defer { state.writers = [] }
      return state.writers
    }
    for writer in writers { writer.resume() }
  }

  /// How many complete messages wait.
  final var waitingMessages: Int { state.withLock { $0.messages.count } }

  /// Whether a message broke off in the middle.
  final var hasPartialMessage: Bool { deframer.pending > 0 }

  /// No message follows.
  final func endInbound() {
    let (reader, inbound) = state.withLock { state -> (UnsafeContinuation<Inbound, Never>?, Inbound) in
      state.ended = true
      guard let reader = state.reader else { return (nil, .end) }
      state.reader = nil
      return (reader, state.take() ?? .end)
    }
    reader?.resume(returning: inbound)
  }

  /// Ends the call for its task, in both directions. The first failure counts.
  ///
  /// - Parameter keepingMessages: whether what arrived before can still be read.
  final func fail(_ error: RPCError, keepingMessages: Bool = false) {
    let (reader, writers, failure) = state.withLock { state in
      if state.failure == nil { state.failure = error }
      if !keepingMessages {
        state.messages.removeAll()
        state.held = 0
        state.partial = 0
      }
      defer {
        state.reader = nil
        state.writers = []
      }
      return (state.reader, state.writers, state.failure ?? error)
    }
    reader?.resume(returning: .failure(failure))
    for writer in writers { writer.resume() }
  }

  // MARK: Receiving, in a task

  final var lastMessageWasCompressed: Bool { state.withLock { $0.lastWasCompressed } }

  final func receiveMessage() async throws -> ByteBuffer? {
    let (ready, credit) = state.withLock { state in (state.take(), state.credit(threshold: creditThreshold)) }
    if credit > 0 { self.credit(credit) }
    let inbound: Inbound
    if let ready { inbound = ready } else { inbound = await waitForMessage() }
    switch inbound {
    case .message(let message):
      guard message.isCompressed else { return message.bytes }
      let encoding = state.withLock { $0.encoding }
      return try MessageCompression.payload(message, encoding, limit: limits.maxReceivedMessage)
    case .end: return nil
    case .failure(let error): throw error
    }
  }

  private final func waitForMessage() async -> Inbound {
    await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        let ready = state.withLock { state -> Inbound? in
          if let ready = state.take() { return ready }
          precondition(state.reader == nil, "two tasks read one call at the same time")
          state.reader = continuation
          return nil
        }
        if let ready {
          continuation.resume(returning: ready)
        } else if Task.isCancelled {
          cancelReader()
        }
      }
    } onCancel: {
      cancelReader()
    }
  }

  private final func cancelReader() {
    let reader = state.withLock { state in
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume(returning: .failure(RPCError(.cancelled, "the task that reads the call was cancelled")))
  }

  // MARK: Sending

  /// Counts a message that is about to be handed to the loop.
  ///
  /// - Returns: whether the sender must call `waitUntilDrained` afterwards.
  final func admit(_ bytes: Int) throws -> Bool {
    guard bytes - Framing.prefixLength <= limits.maxSentMessage else {
      throw RPCError(
        .resourceExhausted,
        "a message of \(bytes - Framing.prefixLength) bytes is longer than the limit of \(limits.maxSentMessage)")
    }
    return try state.withLock { state in
      if let failure = state.failure { throw failure }
      if state.sendingIsOver { throw RPCError.afterEnd }
      state.unsent += bytes
      return state.unsent > limits.sendHighWater
    }
  }

  final func waitUntilDrained() async throws {
    await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        let isOver = state.withLock { state in
          let isOver = state.failure != nil || state.sendingIsOver
          if !isOver { state.writers.append(continuation) }
          return isOver
        }
        if isOver {
          continuation.resume()
        } else {
          requestDrain()
          if Task.isCancelled { wakeWriters() }
        }
      }
    } onCancel: {
      wakeWriters()
    }
    if let failure = state.withLock({ $0.failure }) { throw failure }
    if Task.isCancelled { throw RPCError(.cancelled, "the task that sends was cancelled") }
  }

  /// What is queued has gone down to `unsent` bytes.
  final func drained(unsent: Int) {
    let writers = state.withLock { state in
      state.unsent = unsent
      defer { state.writers = [] }
      return state.writers
    }
    for writer in writers { writer.resume() }
  }

  private final func wakeWriters() {
    let writers = state.withLock { state in
      defer { state.writers = [] }
      return state.writers
    }
    for writer in writers { writer.resume() }
  }

  /// The failure that ended the call, if one did.
  final var failure: RPCError? { state.withLock { $0.failure } }
}
