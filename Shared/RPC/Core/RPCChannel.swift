public import NIOCore

/// How messages are compressed on the wire.
public enum MessageEncoding: String, Sendable, Hashable {
  case identity
  case gzip
}

/// What a caller may say about one call.
public struct CallOptions: Sendable {
  /// The longest that the call may take. The deadline of the call being served, if there is one, also holds.
  public var timeout: Duration?
  /// Pairs to send along.
  public var metadata: Metadata
  /// Wait for a connection instead of failing when the peer can't be reached; bounded by the deadline.
  public var waitForReady: Bool
  /// How requests are compressed.
  public var encoding: MessageEncoding

  public init(
    timeout: Duration? = nil, metadata: Metadata = Metadata(), waitForReady: Bool = false,
    encoding: MessageEncoding = .identity
  ) {
    self.timeout = timeout
    self.metadata = metadata
    self.waitForReady = waitForReady
    self.encoding = encoding
  }
}

/// What a transport does for one call on the client's side.
package protocol ClientCallTransport: AnyObject, Sendable {
  func send(_ framed: ByteBuffer, compress: Bool) async throws
  func finishSending()
  /// The next message without its prefix; nil when the call ended with status OK.
  func receive() async throws -> ByteBuffer?
  func initialMetadata() async throws -> Metadata
  /// Empty until the call has ended.
  var trailers: Metadata { get }
  /// Whether the message that `receive` gave last came compressed.
  var lastMessageWasCompressed: Bool { get }
  func cancel()
}

/// One call as its caller sees it. It lives inside the closure that it is given to; leaving that closure ends it.
public final class ClientCall: Sendable {
  public let method: MethodDescriptor
  private let transport: any ClientCallTransport

  package init(method: MethodDescriptor, transport: any ClientCallTransport) {
    self.method = method
    self.transport = transport
  }

  /// Sends one request; suspends while the server reads more slowly than this.
  ///
  /// - Parameter compress: false leaves this one uncompressed even when the call's options say otherwise.
  public func send<Request: RPCMessage>(_ request: Request, compress: Bool = true) async throws {
    try await transport.send(try Framing.frame(request), compress: compress)
  }

  fileprivate func send(framed request: ByteBuffer) async throws { try await transport.send(request, compress: true) }

  /// Whether the response that was received last came compressed.
  public var lastResponseWasCompressed: Bool { transport.lastMessageWasCompressed }

  /// Says that no further request comes.
  public func finishSending() { transport.finishSending() }

  /// The next response; nil when the call ended well.
  ///
  /// - Throws: `RPCError` with the status when it didn't.
  public func receive<Response: RPCMessage>(_: Response.Type = Response.self) async throws -> Response? {
    guard let buffer = try await transport.receive() else { return nil }
    do {
      return try Response(serialized: buffer)
    } catch let error as MessageCodingError {
      throw RPCError(.internalError, "the response can't be decoded: \(error)")
    }
  }

  /// What the server sent before its first message; waits for it.
  public var initialMetadata: Metadata { get async throws { try await transport.initialMetadata() } }

  /// What the server sent with the status; empty until the call has ended.
  public var trailers: Metadata { transport.trailers }

  /// Ends the call; the server sees a cancellation.
  public func cancel() { transport.cancel() }
}

/// A unary answer with what came along.
public struct UnaryResponse<Message: RPCMessage>: Sendable {
  public let message: Message
  public let initialMetadata: Metadata
  public let trailers: Metadata
}

/// Something that calls can be made on: a connection to a server, or a server in the same process.
public protocol RPCChannel: Sendable {
  /// Makes one call of any kind. The call is cancelled if `body` leaves before it has ended.
  ///
  /// - Throws: what `body` throws, or `RPCError` when the call could not be started.
  func call<Result: Sendable>(
    _ method: MethodDescriptor, options: CallOptions, _ body: @Sendable (ClientCall) async throws -> Result
  ) async throws -> Result

  /// Makes one unary call of already framed bytes. A channel may serve this faster than `call`.
  func unary(_ method: MethodDescriptor, framed request: ByteBuffer, options: CallOptions) async throws
    -> RawUnaryResponse

  /// Makes one server-streaming call of an already framed request. The call is cancelled if `body` leaves before it has
  /// ended.
  ///
  /// A channel may let `body` run only once the server has answered, with metadata or its first message, so that it can
  /// make the call again while it has not; an earlier failure is thrown without running `body`.
  ///
  /// - Throws: what `body` throws, or `RPCError` when the call failed before it.
  func serverStreaming<Result: Sendable>(
    _ method: MethodDescriptor, framed request: ByteBuffer, options: CallOptions,
    _ body: @Sendable (ClientCall) async throws -> Result
  ) async throws -> Result
}

/// The bytes of a unary answer with what came along.
public struct RawUnaryResponse: Sendable {
  /// The message without its prefix.
  public var message: ByteBuffer
  public var initialMetadata: Metadata
  public var trailers: Metadata
  /// Whether the message came compressed.
  public var wasCompressed: Bool

  public init(message: ByteBuffer, initialMetadata: Metadata, trailers: Metadata, wasCompressed: Bool = false) {
    self.message = message
    self.initialMetadata = initialMetadata
    self.trailers = trailers
    self.wasCompressed = wasCompressed
  }
}

extension RPCChannel {
  /// Makes one unary call.
  ///
  /// - Throws: `RPCError` with the status of the call.
  public func unary<Request: RPCMessage, Response: RPCMessage>(
    _ method: MethodDescriptor, _ request: Request, options: CallOptions = CallOptions(),
    response: Response.Type = Response.self
  ) async throws -> Response {
    try Self.decode(try await unary(method, framed: try Framing.frame(request), options: options).message)
  }

  /// Makes one unary call and gives the metadata of the answer, too.
  public func unaryWithMetadata<Request: RPCMessage, Response: RPCMessage>(
    _ method: MethodDescriptor, _ request: Request, options: CallOptions = CallOptions(),
    response: Response.Type = Response.self
  ) async throws -> UnaryResponse<Response> {
    let raw = try await unary(method, framed: try Framing.frame(request), options: options)
    return UnaryResponse(
      message: try Self.decode(raw.message), initialMetadata: raw.initialMetadata, trailers: raw.trailers)
  }

  private static func decode<Response: RPCMessage>(_ buffer: ByteBuffer) throws -> Response {
    do {
      return try Response(serialized: buffer)
    } catch let error as MessageCodingError {
      throw RPCError(.internalError, "the response can't be decoded: \(error)")
    }
  }
}

/// The responses of a call, as a sequence.
public struct ClientResponses<Message: RPCMessage>: AsyncSequence, Sendable {
  public typealias Element = Message
  /// The call itself, for its metadata and to cancel it.
  public let call: ClientCall

  package init(_ call: ClientCall) { self.call = call }

  public func makeAsyncIterator() -> Iterator { Iterator(call: call) }

  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let call: ClientCall

    public mutating func next() async throws -> Message? { try await call.receive(Message.self) }
  }
}

/// The requests of a call, as its caller writes them.
public struct ClientRequests<Message: RPCMessage>: Sendable {
  private let call: ClientCall

  package init(_ call: ClientCall) { self.call = call }

  /// Sends one request; suspends while the server reads more slowly than this.
  ///
  /// - Throws: `RPCError` when the call has ended. If the server ended it with OK, that is `CANCELLED`; what it sent can
  ///   still be read.
  public func write(_ message: Message, compress: Bool = true) async throws {
    try await call.send(message, compress: compress)
  }

  /// Says that no further request comes.
  public func finish() { call.finishSending() }
}

extension RPCChannel {
  public func serverStreaming<Result: Sendable>(
    _ method: MethodDescriptor, framed request: ByteBuffer, options: CallOptions,
    _ body: @Sendable (ClientCall) async throws -> Result
  ) async throws -> Result {
    try await call(method, options: options) { call in
      try await call.send(framed: request)
      call.finishSending()
      return try await body(call)
    }
  }

  /// Sends one request and hands the responses to `body` as they come.
  public func serverStreaming<Request: RPCMessage, Response: RPCMessage, Result: Sendable>(
    _ method: MethodDescriptor, _ request: Request, options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientResponses<Response>) async throws -> Result
  ) async throws -> Result {
    try await serverStreaming(method, framed: try Framing.frame(request), options: options) { call in
      try await body(ClientResponses(call))
    }
  }

  /// Lets `body` send requests, then waits for the one response.
  public func clientStreaming<Request: RPCMessage, Response: RPCMessage>(
    _ method: MethodDescriptor, options: CallOptions = CallOptions(), response: Response.Type = Response.self,
    _ body: @Sendable (ClientRequests<Request>) async throws -> Void
  ) async throws -> Response {
    try await call(method, options: options) { call in
      do {
        try await body(ClientRequests(call))
        call.finishSending()
      } catch let error as RPCError where error.metEndOfCall {
        // A server may answer without reading all; then the answer counts, not the write that came too late.
      }
      guard let response = try await call.receive(Response.self) else {
        throw RPCError(.unimplemented, "the server sent no response message")
      }
      // Waits for the status, which may still be an error.
      guard try await call.receive(Response.self) == nil else {
        throw RPCError(.unimplemented, "the server sent more than one response message")
      }
      return response
    }
  }

  /// Lets `body` send requests and read responses in any order.
  public func bidirectional<Request: RPCMessage, Response: RPCMessage, Result: Sendable>(
    _ method: MethodDescriptor, options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientRequests<Request>, ClientResponses<Response>) async throws -> Result
  ) async throws -> Result {
    try await call(method, options: options) { call in
      try await body(ClientRequests(call), ClientResponses(call))
    }
  }
}

/// Stands between a caller and the channel, for every call.
public protocol ClientInterceptor: Sendable {
  /// Runs before a call leaves: may change its options.
  func prepare(_ method: MethodDescriptor, _ options: inout CallOptions)
  /// Runs when a call has ended. `error` is nil when its status was OK.
  func ended(_ method: MethodDescriptor, error: RPCError?, took: Duration)
}
