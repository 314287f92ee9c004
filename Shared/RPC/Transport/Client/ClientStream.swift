import NIOCore
import RPCCore
import RPCHTTP2
import Synchronization

/// What a call asks of its connection's loop.
enum ClientCommand: Sendable {
  case start(ClientStream)
  /// As `start`, and tells when it is done.
  case open(ClientStream, CheckedContinuation<Void, any Error>)
  case send(ClientStream, ByteBuffer)
  case end(ClientStream)
  case cancel(ClientStream, RPCError)
  case credit(ClientStream, Int)
  case drain(ClientStream)
  case close
  case abort
}

/// One call on the client's side.
final class ClientStream: CallStream, ClientCallTransport, @unchecked Sendable {
  let method: MethodDescriptor
  let options: CallOptions
  let deadline: Deadline?
  /// Held until the call ends: whatever is posted for the call finds its connection, even a dead one, to answer it.
  private let connection: ClientConnection
  private var mailbox: LoopMailbox<ClientCommand> { connection.mailbox }
  private let shared = Mutex(Shared())

  // Loop-bound.
  /// Told once the request has been handed to HTTP/2, or can't be.
  var onStart: CheckedContinuation<Void, any Error>?
  /// The one request of a unary or server-streaming call, sent with the headers.
  var unaryRequest: ByteBuffer?
  var isOver = false
  var sawHeaders = false

  private struct Shared {
    var initialMetadata: Metadata?
    var trailers = Metadata()
    var metadataReader: CheckedContinuation<Void, Never>?
    var isOver = false
    /// Stands here from the same moment as `isOver`, so that who waits for the metadata can't take a failure for OK.
    var failure: RPCError?
  }

  init(
    method: MethodDescriptor, options: CallOptions, deadline: Deadline?, connection: ClientConnection,
    limits: ClientLimits, unaryRequest: ByteBuffer?
  ) {
    self.method = method
    self.options = options
    self.deadline = deadline
    self.connection = connection
    self.unaryRequest = unaryRequest
    super.init(
      limits: limits.call, streamWindow: limits.http2.streamWindow, takesOneMessage: !method.kind.responseIsStreaming)
    if method.kind == .unary, unaryRequest != nil { waitForEnd() }
  }

  // MARK: For the caller

  func send(_ framed: ByteBuffer, compress: Bool) async throws {
    let isBlocked = try admit(framed.readableBytes)
    mailbox.post(.send(self, compress ? MessageCompression.compressed(framed, options.encoding) : framed))
    if isBlocked { try await waitUntilDrained() }
  }

  func finishSending() { mailbox.post(.end(self)) }

  func receive() async throws -> ByteBuffer? { try await receiveMessage() }

  func initialMetadata() async throws -> Metadata {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isKnown = shared.withLock { state in
          if state.initialMetadata != nil || state.isOver { return true }
          precondition(state.metadataReader == nil, "two tasks wait for one call's metadata at the same time")
          state.metadataReader = continuation
          return false
        }
        if isKnown { continuation.resume() } else if Task.isCancelled { wakeMetadataReader() }
      }
    } onCancel: {
      wakeMetadataReader()
    }
    let (metadata, failure) = shared.withLock { ($0.initialMetadata, $0.failure) }
    if let metadata { return metadata }
    if let failure { throw failure }
    if Task.isCancelled { throw RPCError(.cancelled, "the task that waits for the metadata was cancelled") }
    return Metadata()
  }

  var knownInitialMetadata: Metadata { shared.withLock { $0.initialMetadata ?? Metadata() } }

  var trailers: Metadata { shared.withLock { $0.trailers } }

  func cancel() { cancel(RPCError(.cancelled, "the call was cancelled")) }

  func cancel(_ error: RPCError) { mailbox.post(.cancel(self, error)) }

  /// The call has a status; nothing is left to cancel.
  var hasEnded: Bool { shared.withLock { $0.isOver } }

  // MARK: From the connection, on the loop

  func received(initialMetadata: Metadata) {
    let reader = shared.withLock { state in
      state.initialMetadata = initialMetadata
      defer { state.metadataReader = nil }
      return state.metadataReader
    }
    reader?.resume()
  }

  /// The call is over: `error` is nil for status OK.
  func ended(_ error: RPCError?, trailers: Metadata) {
    isOver = true
    let reader = shared.withLock { state in
      state.trailers = trailers
      state.isOver = true
      state.failure = error
      defer { state.metadataReader = nil }
      return state.metadataReader
    }
    reader?.resume()
    // The status first: a sender that is stopped by the end of the call must find out how it ended.
    if let error { fail(error, keepingMessages: method.kind.responseIsStreaming) } else { endInbound() }
    endSending()
  }

  private func wakeMetadataReader() {
    let reader = shared.withLock { state in
      defer { state.metadataReader = nil }
      return state.metadataReader
    }
    reader?.resume()
  }

  // MARK: Flow control and deadline

  override func credit(_ bytes: Int) { mailbox.post(.credit(self, bytes)) }

  override func requestDrain() { mailbox.post(.drain(self)) }

  override func deadlinePassed() { connection.deadlinePassed(self) }
}
