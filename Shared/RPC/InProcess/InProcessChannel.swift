public import NIOCore
public import RPCCore
import Synchronization

/// A channel to a router in the same process: the same calls, interceptors, deadlines and cancellation, without a socket.
public struct InProcessChannel: RPCChannel {
  private let router: Router
  private let interceptors: [any ClientInterceptor]

  public init(_ router: Router, interceptors: [any ClientInterceptor] = []) {
    self.router = router
    self.interceptors = interceptors
  }

  public func unary(_ method: MethodDescriptor, framed request: ByteBuffer, options: CallOptions) async throws
    -> RawUnaryResponse
  {
    try await run(method, options) { call in
      try await call.send(request, compress: false)
      call.finishSending()
      guard let message = try await call.receive() else {
        throw RPCError(.unimplemented, "the server sent no response message")
      }
      guard try await call.receive() == nil else {
        throw RPCError(.unimplemented, "the server sent more than one response message")
      }
      return RawUnaryResponse(
        message: message, initialMetadata: try await call.initialMetadata(), trailers: call.trailers)
    }
  }

  public func call<Result: Sendable>(
    _ method: MethodDescriptor, options: CallOptions, _ body: @Sendable (ClientCall) async throws -> Result
  ) async throws -> Result {
    try await run(method, options) { try await body(ClientCall(method: method, transport: $0)) }
  }

  private func run<Result: Sendable>(
    _ method: MethodDescriptor, _ options: CallOptions, _ body: (InProcessCall) async throws -> Result
  ) async throws -> Result {
    var options = options
    for interceptor in interceptors { interceptor.prepare(method, &options) }
    let own = options.timeout.map { Deadline.after($0) }
    let deadline = [own, CallContext.current?.deadline].compactMap { $0 }.min()
    let started = NIODeadline.now()
    let call = InProcessCall()
    call.attach(serve(call, method, options, deadline))
    let timer = deadline.map { deadline in
      Task {
        try await Task.sleep(for: deadline.remaining)
        call.abort(RPCError(.deadlineExceeded, "the deadline passed"))
      }
    }
    defer {
      timer?.cancel()
      if !call.hasEnded { call.abort(RPCError(.cancelled, "the client cancelled the call")) }
    }
    do {
      let result = try await body(call)
      ended(method, call.failure, started)
      return result
    } catch {
      ended(method, RPCError(thrown: error), started)
      throw error
    }
  }

  private func serve(_ call: InProcessCall, _ method: MethodDescriptor, _ options: CallOptions, _ deadline: Deadline?)
    -> Task<Void, Never>
  {
    // Not a child: the callee inherits nothing of the caller but what travels on a wire.
    Task.detached { [router] in
      guard let served = router.method(path: method.path) else {
        call.end(router.missing(path: method.path))
        return
      }
      let context = ServerCall(
        method: served.descriptor, metadata: options.metadata, deadline: deadline, peer: "in-process",
        transport: InProcessServerSide(call))
      do {
        try await CallContext.$current.withValue(CallContext(deadline: deadline)) {
          try await served.handler(context)
        }
        call.end(nil, trailers: context.trailers)
      } catch {
        call.end(RPCError(thrown: error), trailers: context.trailers)
      }
    }
  }

  private func ended(_ method: MethodDescriptor, _ error: RPCError?, _ started: NIODeadline) {
    let took = Duration.nanoseconds((NIODeadline.now() - started).nanoseconds)
    for interceptor in interceptors { interceptor.ended(method, error: error, took: took) }
  }
}

/// One call between a caller and a handler of the same process, as the caller sees it.
private final class InProcessCall: ClientCallTransport {
  private struct State {
    var head: ResponseHead?
    var trailers = Metadata()
    var isOver = false
    var failure: RPCError?
    var waiting: [CheckedContinuation<Void, Never>] = []
    /// Runs the handler; nil once the call is over.
    var handler: Task<Void, Never>?
  }

  private let requests = MessagePipe()
  private let responses = MessagePipe()
  private let state = Mutex(State())

  /// Messages are handed over as they are; there is nothing to compress.
  var lastMessageWasCompressed: Bool { false }

  var trailers: Metadata { state.withLock { $0.trailers } }

  var hasEnded: Bool { state.withLock { $0.isOver } }

  var failure: RPCError? { state.withLock { $0.failure } }

  // MARK: The client's side

  func send(_ framed: ByteBuffer, compress: Bool) async throws { try await requests.send(Self.unframed(framed)) }

  func finishSending() { requests.finish() }

  func receive() async throws -> ByteBuffer? { try await responses.receive() }

  func initialMetadata() async throws -> Metadata {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isKnown = state.withLock { state in
          if state.head != nil || state.isOver { return true }
          state.waiting.append(continuation)
          return false
        }
        if isKnown || Task.isCancelled { isKnown ? continuation.resume() : wake() }
      }
    } onCancel: {
      wake()
    }
    let (head, failure) = state.withLock { ($0.head, $0.failure) }
    if let head { return head.metadata }
    if let failure { throw failure }
    try Task.checkCancellation()
    return Metadata()
  }

  func cancel() { abort(RPCError(.cancelled, "the call was cancelled")) }

  /// Tells the call who serves it, before its caller sees it: so there is always a handler to cancel while it is open.
  func attach(_ handler: Task<Void, Never>) { state.withLock { if !$0.isOver { $0.handler = handler } } }

  /// Ends the call from the client's side; its handler is cancelled.
  func abort(_ error: RPCError) { end(error)?.cancel() }

  // MARK: The server's side

  var hasHead: Bool { state.withLock { $0.head != nil } }

  func receiveRequest() async throws -> ByteBuffer? { try await requests.receive() }

  func sendResponse(_ framed: ByteBuffer) async throws { try await responses.send(Self.unframed(framed)) }

  func setHead(_ head: ResponseHead) {
    state.withLock { if $0.head == nil { $0.head = head } }
    wake()
  }

  /// Ends the call for both sides. The first end counts.
  ///
  /// - Returns: the handler, if this was the first end.
  @discardableResult func end(_ error: RPCError?, trailers: Metadata = Metadata()) -> Task<Void, Never>? {
    let (isFirst, handler) = state.withLock { state -> (Bool, Task<Void, Never>?) in
      guard !state.isOver else { return (false, nil) }
      defer { state.handler = nil }
      state.isOver = true
      state.failure = error
      state.trailers = trailers
      if let error { state.trailers.append(contentsOf: error.trailers) }
      return (true, state.handler)
    }
    guard isFirst else { return nil }
    if let error { responses.fail(error, dropping: false) } else { responses.finish() }
    // A handler that answered without reading all: its answer counts, not the write that came too late, as on a wire.
    requests.fail(error ?? .afterEnd, dropping: true)
    wake()
    return handler
  }

  private func wake() {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  private static func unframed(_ framed: ByteBuffer) -> ByteBuffer {
    var message = framed
    message.moveReaderIndex(forwardBy: Framing.prefixLength)
    return message
  }
}

/// The server's view of a call: it reads what the client's view writes.
private final class InProcessServerSide: ServerCallTransport {
  private let call: InProcessCall

  init(_ call: InProcessCall) { self.call = call }

  var lastMessageWasCompressed: Bool { false }

  func receive() async throws -> ByteBuffer? { try await call.receiveRequest() }

  func send(_ framed: ByteBuffer, compress: Bool, head: () -> ResponseHead) async throws {
    if !call.hasHead { call.setHead(head()) }
    try await call.sendResponse(framed)
  }

  func sendInitialMetadata(_ head: ResponseHead) { call.setHead(head) }
}
