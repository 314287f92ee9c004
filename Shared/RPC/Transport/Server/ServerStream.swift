import NIOCore
import RPCCore
import RPCHTTP2
import Synchronization

/// What a call asks of its connection's loop.
enum ServerCommand: Sendable {
  case send(ServerStream, ByteBuffer, ResponseHead?)
  case head(ServerStream, ResponseHead)
  case finish(ServerStream, RPCError?, Metadata)
  case credit(ServerStream, Int)
  case drain(ServerStream)
  case shutdown
  case abort
}

/// One call on the server's side.
final class ServerStream: CallStream, ServerCallTransport, @unchecked Sendable {
  /// Kept alive, so that what is posted for a call always finds the one who takes it; the connection lets go of its calls
  /// when it closes.
  private let connection: ServerConnection
  private let mailbox: LoopMailbox<ServerCommand>
  private let clientAcceptsGzip: Bool
  private let shared = Mutex(Shared())

  // Loop-bound.
  var task: Task<Void, Never>?
  var method: RPCMethod?
  var call: ServerCall?
  var isStarted = false
  var handlerIsDone = false
  /// The status has been handed to HTTP/2, or the stream is gone.
  var isFinished = false

  private struct Shared {
    var headSent = false
    var encoding = MessageEncoding.identity
  }

  init(connection: ServerConnection, acceptsGzip: Bool, limits: ServerLimits, takesOneMessage: Bool) {
    self.connection = connection
    mailbox = connection.mailbox
    clientAcceptsGzip = acceptsGzip
    super.init(
      limits: limits.call, streamWindow: limits.http2.streamWindow, takesOneMessage: takesOneMessage)
  }

  // MARK: For the handler

  func receive() async throws -> ByteBuffer? { try await receiveMessage() }

  func send(_ framed: ByteBuffer, compress: Bool, head: () -> ResponseHead) async throws {
    let isBlocked = try admit(framed.readableBytes)
    let (first, encoding) = claimHead(head)
    let out = compress ? MessageCompression.compressed(framed, encoding) : framed
    perform(.send(self, out, first))
    if isBlocked { try await waitUntilDrained() }
  }

  func sendInitialMetadata(_ head: ResponseHead) {
    if let first = claimHead({ head }).0 { perform(.head(self, first)) }
  }

  /// Makes the head for whoever sends first.
  private func claimHead(_ head: () -> ResponseHead) -> (ResponseHead?, MessageEncoding) {
    let known = shared.withLock { state -> MessageEncoding? in
      defer { state.headSent = true }
      return state.headSent ? state.encoding : nil
    }
    if let known { return (nil, known) }
    var first = head()
    if !clientAcceptsGzip { first.encoding = .identity }
    let encoding = first.encoding
    if encoding != .identity { shared.withLock { $0.encoding = encoding } }
    return (first, encoding)
  }

  /// Runs the handler. What it throws becomes the status.
  func run(_ call: ServerCall, _ handler: RPCMethod.Handler) async {
    do {
      if let deadline = call.deadline {
        try await CallContext.$current.withValue(CallContext(deadline: deadline)) { try await handler(call) }
      } else {
        try await handler(call)
      }
      perform(.finish(self, nil, call.trailers))
    } catch {
      // A call that was ended from outside reports what ended it, not what its handler made of that.
      perform(.finish(self, failure ?? RPCError(thrown: error), call.trailers))
    }
  }

  // MARK: Flow control

  override func credit(_ bytes: Int) { perform(.credit(self, bytes)) }

  override func requestDrain() { perform(.drain(self)) }

  private func perform(_ command: ServerCommand) {
    if mailbox.loop.inEventLoop { connection.performNow(command) } else { mailbox.post(command) }
  }

  // MARK: Deadline, on the loop

  override func deadlinePassed() {
    connection.end(self, RPCError(.deadlineExceeded, "the deadline passed on the server"))
  }
}
