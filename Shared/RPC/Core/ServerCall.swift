package import NIOCore
import Synchronization

/// What a transport does for one call on the server's side.
///
/// Buffers given to `send` hold one message behind the five bytes of its gRPC prefix.
package protocol ServerCallTransport: AnyObject, Sendable {
  /// The next message without its prefix, or nil after the last one.
  func receive() async throws -> ByteBuffer?
  /// Sends one message; suspends while too much is waiting to leave. `head` is asked for before the first one.
  func send(_ framed: ByteBuffer, compress: Bool, head: () -> ResponseHead) async throws
  /// Sends the initial metadata at once, before any message.
  func sendInitialMetadata(_ head: ResponseHead)
  /// Whether the message that `receive` gave last came compressed.
  var lastMessageWasCompressed: Bool { get }
}

/// What precedes the first message of a response.
package struct ResponseHead: Sendable {
  package var metadata: Metadata
  package var encoding: MessageEncoding

  package init(metadata: Metadata, encoding: MessageEncoding) {
    self.metadata = metadata
    self.encoding = encoding
  }
}

/// One call as its handler and the interceptors see it.
public final class ServerCall: Sendable {
  /// The method that is called.
  public let method: MethodDescriptor
  /// What the client sent along.
  public let metadata: Metadata
  /// When the client stops waiting; nil when it didn't say.
  public let deadline: Deadline?
  /// The client's address, such as `127.0.0.1:40112`, or `in-process`.
  public let peer: String
  private let transport: any ServerCallTransport
  private let state: Mutex<State>

  private struct State {
    var initialMetadata = Metadata()
    var trailers = Metadata()
    var requestID = ""
    var trace: TraceContext?
    var identity: String?
    var encoding = MessageEncoding.identity
  }

  package init(
    method: MethodDescriptor, metadata: Metadata, deadline: Deadline?, peer: String,
    transport: any ServerCallTransport
  ) {
    self.method = method
    self.metadata = metadata
    self.deadline = deadline
    self.peer = peer
    self.transport = transport
    self.state = Mutex(State())
  }

  /// The pairs that are sent before the first message. Changing them after it has no effect.
  public var initialMetadata: Metadata {
    get { state.withLock { $0.initialMetadata } }
    set { state.withLock { $0.initialMetadata = newValue } }
  }

  /// The pairs that are sent with the status.
  public var trailers: Metadata {
    get { state.withLock { $0.trailers } }
    set { state.withLock { $0.trailers = newValue } }
  }

  /// The identifier of the request, as an interceptor found or made it.
  public var requestID: String {
    get { state.withLock { $0.requestID } }
    set { state.withLock { $0.requestID = newValue } }
  }

  /// The trace of which this call is part, as an interceptor found or made it.
  public var trace: TraceContext? {
    get { state.withLock { $0.trace } }
    set { state.withLock { $0.trace = newValue } }
  }

  /// Who calls, as an authenticating interceptor found out; nil when nobody asked.
  public var identity: String? {
    get { state.withLock { $0.identity } }
    set { state.withLock { $0.identity = newValue } }
  }

  /// How responses are compressed, if the client can read it. Changing it after the first message has no effect.
  public var responseEncoding: MessageEncoding {
    get { state.withLock { $0.encoding } }
    set { state.withLock { $0.encoding = newValue } }
  }

  /// Whether the request that was received last came compressed.
  public var lastRequestWasCompressed: Bool { transport.lastMessageWasCompressed }

  /// Sends the initial metadata now instead of with the first message.
  public func sendInitialMetadata() { transport.sendInitialMetadata(head) }

  private var head: ResponseHead {
    state.withLock { ResponseHead(metadata: $0.initialMetadata, encoding: $0.encoding) }
  }

  /// The next request, or nil after the last one.
  ///
  /// - Throws: `RPCError` when the call was cancelled, its deadline passed, its connection died, or the message isn't
  ///   valid (`INTERNAL`).
  public func receive<Request: RPCMessage>(_: Request.Type = Request.self) async throws -> Request? {
    guard let buffer = try await transport.receive() else { return nil }
    do {
      return try Request(serialized: buffer)
    } catch let error as MessageCodingError {
      throw RPCError(.internalError, "the request can't be decoded: \(error)")
    }
  }

  /// The one request of a method that takes exactly one.
  package func receiveOnly<Request: RPCMessage>(_: Request.Type) async throws -> Request {
    guard let request = try await receive(Request.self) else {
      throw RPCError(.unimplemented, "the client sent no request message")
    }
    return request
  }

  /// Sends one response; suspends while the client reads more slowly than this.
  ///
  /// - Parameter compress: false leaves this one uncompressed even when `responseEncoding` says otherwise.
  public func send<Response: RPCMessage>(_ response: Response, compress: Bool = true) async throws {
    try await transport.send(try Framing.frame(response), compress: compress, head: { self.head })
  }
}

/// The responses of a streaming method, as its handler writes them.
public struct RPCWriter<Message: RPCMessage>: Sendable {
  private let call: ServerCall

  package init(_ call: ServerCall) { self.call = call }

  /// Sends one message; suspends while the client reads more slowly than this.
  public func write(_ message: Message, compress: Bool = true) async throws {
    try await call.send(message, compress: compress)
  }
}

/// The requests of a streaming method, as its handler reads them.
public struct RPCReader<Message: RPCMessage>: AsyncSequence, Sendable {
  public typealias Element = Message
  private let call: ServerCall

  package init(_ call: ServerCall) { self.call = call }

  public func makeAsyncIterator() -> Iterator { Iterator(call: call) }

  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let call: ServerCall

    public mutating func next() async throws -> Message? { try await call.receive(Message.self) }
  }
}
