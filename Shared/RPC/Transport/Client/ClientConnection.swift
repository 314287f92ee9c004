import NIOCore
import NIOTLS
import RPCCore
import RPCHTTP2

/// One connection of a client.
///
/// Everything here runs on the channel's event loop. When the connection dies, every call on it fails: none is left
/// waiting.
final class ClientConnection: ChannelInboundHandler, @unchecked Sendable {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let keptOutput = 64 * 1024

  let mailbox: LoopMailbox<ClientCommand>
  private let http2: HTTP2Connection
  private let limits: ClientLimits
  private let wheel: DeadlineWheel
  private let scheme: String
  private let authority: String
  private let onEvent: @Sendable (ClientConnection, Event) -> Void
  private var context: ChannelHandlerContext?
  private var output = ByteBuffer()
  private var depth = 0
  private var needsFlush = false
  private var housekeeping: Scheduled<Void>?
  private var lastRead = NIODeadline.now()
  private var pingSentAt: NIODeadline?
  private var isReady = false
  private var isDraining = false
  private var isClosed = false
  private var mustClose = false
  private var closeReason = "the connection was lost"

  /// What the channel's balancer must know.
  enum Event: Sendable {
    /// The server has spoken HTTP/2.
    case ready
    /// No new call should be put here.
    case draining
    /// The server is annoyed by our keepalive.
    case tooManyPings
    case closed(String)
  }

  init(
    loop: any EventLoop, limits: ClientLimits, wheel: DeadlineWheel, scheme: String, authority: String,
    onEvent: @escaping @Sendable (ClientConnection, Event) -> Void
  ) {
    http2 = HTTP2Connection(role: .client, limits: limits.http2)
    self.limits = limits
    self.wheel = wheel
    self.scheme = scheme
    self.authority = authority
    self.onEvent = onEvent
    let box = Weak<ClientConnection>()
    mailbox = LoopMailbox(loop: loop) { box.value?.drainMailbox() }
    box.value = self
  }

  // MARK: Channel

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    if context.channel.isActive { begin(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    begin(context)
    context.fireChannelActive()
  }

  private func begin(_ context: ChannelHandlerContext) {
    guard housekeeping == nil else { return }
    scheduleHousekeeping(context)
    flush()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted(let negotiated)? = event as? TLSUserEvent, negotiated != "h2" {
      closeReason = "the server doesn't speak HTTP/2 over TLS"
      context.close(promise: nil)
    }
    context.fireUserInboundEventTriggered(event)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    lastRead = .now()
    pingSentAt = nil
    depth += 1
    defer { depth -= 1 }
    do {
      try http2.receive(unwrapInboundIn(data))
    } catch {
      closeReason = "the server broke HTTP/2: \(error)"
      mustClose = true
    }
    handleEvents()
    needsFlush = true
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if needsFlush { flush() }
    context.fireChannelReadComplete()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { flush() }
    context.fireChannelWritabilityChanged()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    closeReason = "the connection failed: \(error)"
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    closed()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { closed() }

  private func closed() {
    guard !isClosed else { return }
    isClosed = true
    context = nil
    housekeeping?.cancel()
    // First, so that no call is put here any more; those that come all the same are failed one by one.
    onEvent(self, .closed(closeReason))
    for stream in http2.openStreams {
      if let call = stream.attachment as? ClientStream { end(call, RPCError(.unavailable, closeReason)) }
      stream.attachment = nil
    }
    for command in mailbox.take() { perform(command) }
  }

  // MARK: Output

  /// Writes what is due. Never inside itself or inside event handling: whoever is at work there writes when it is done.
  private func flush() {
    needsFlush = true
    guard depth == 0, let context else { return }
    depth += 1
    defer { depth -= 1 }
    while needsFlush, context.channel.isWritable {
      needsFlush = false
      var wrote = false
      while context.channel.isWritable {
        output.clear()
        var more = false
        do { more = try http2.write(into: &output) } catch { mustClose = true }
        handleEvents()
        guard output.readableBytes > 0 else { break }
        context.write(wrapOutboundOut(output), promise: nil)
        wrote = true
        if output.storageCapacity > Self.keptOutput { output = ByteBuffer() }
        if !more && !http2.wantsWrite { break }
      }
      // May find the channel closed, or writable again.
      if wrote { context.flush() }
    }
    if mustClose || http2.isFinished || (isDraining && http2.streamCount == 0) { context.close(promise: nil) }
  }

  // MARK: Commands

  private func drainMailbox() {
    depth += 1
    for command in mailbox.take() { perform(command) }
    depth -= 1
    flush()
  }

  private func perform(_ command: ClientCommand) {
    switch command {
    case .start(let call): start(call)
    case .open(let call, let continuation):
      call.onStart = continuation
      start(call)
    case .send(let call, let framed): if let stream = call.http2 { http2.send(stream, framed) }
    case .end(let call): if let stream = call.http2 { http2.end(stream) }
    case .cancel(let call, let error): cancel(call, error)
    case .credit(let call, let bytes): if let stream = call.http2 { http2.consume(stream, bytes: bytes) }
    case .drain(let call):
      guard let stream = call.http2 else { return call.drained(unsent: 0) }
      if stream.queuedBytes <= call.limits.sendLowWater {
        call.drained(unsent: stream.queuedBytes)
      } else {
        http2.notifyDrained(stream, mark: call.limits.sendLowWater)
      }
    case .close: drain()
    case .abort:
      http2.terminate(.noError)
      mustClose = true
    }
  }

  private func start(_ call: ClientStream) {
    guard !call.isOver else { return refuse(call, call.failure ?? RPCError(.cancelled, "the call was cancelled")) }
    guard !isClosed, !isDraining else {
      return refuse(call, .unsent(isClosed ? closeReason : "the connection takes no more calls"))
    }
    guard http2.streamCount < Int(min(http2.peerMaxConcurrentStreams, 1 << 20)) + limits.maxQueuedStreams else {
      return refuse(call, RPCError(.resourceExhausted, "too many calls wait for the server to allow more streams"))
    }
    var timeout: Int64?
    if let deadline = call.deadline {
      let left = (deadline.instant - .now()).nanoseconds
      guard left > 0 else {
        return refuse(call, RPCError(.deadlineExceeded, "the deadline passed before the call left"))
      }
      timeout = left
    }
    let headers = HeaderList.request(
      path: call.method.path, scheme: scheme, authority: authority, timeout: timeout, options: call.options)
    guard headers.listSize <= http2.maxSentHeaderListSize else {
      return refuse(call, RPCError(.resourceExhausted, "the call's metadata is longer than the server takes"))
    }
    let stream: HTTP2Stream
    do { stream = try http2.request(headers) } catch {
      return refuse(call, .unprocessed("the connection takes no new calls: \(error)"))
    }
    stream.attachment = call
    call.http2 = stream
    if let deadline = call.deadline { wheel.add(call, deadline.instant) }
    if let request = call.unaryRequest {
      call.unaryRequest = nil
      http2.send(stream, request)
      http2.end(stream)
    }
    call.onStart?.resume()
    call.onStart = nil
  }

  private func refuse(_ call: ClientStream, _ error: RPCError) {
    call.onStart?.resume(throwing: error)
    call.onStart = nil
    if !call.isOver { call.ended(error, trailers: Metadata()) }
  }

  private func cancel(_ call: ClientStream, _ error: RPCError) {
    guard !call.isOver else { return }
    if let stream = call.http2 { http2.reset(stream, .cancel) }
    end(call, error)
  }

  func deadlinePassed(_ call: ClientStream) {
    cancel(call, RPCError(.deadlineExceeded, "the deadline passed"))
    flush()
  }

  private func end(_ call: ClientStream, _ error: RPCError?, trailers: Metadata = Metadata()) {
    wheel.remove(call)
    if !call.isOver { call.ended(error, trailers: trailers) }
    call.http2 = nil
  }

  // MARK: Events

  private func handleEvents() {
    http2.drainEvents { event in
      switch event {
      case .headers(let stream, let block, let endStream): headers(stream, block, endStream)
      case .data(let stream, let bytes): data(stream, bytes)
      case .endStream(let stream):
        if let call = stream.attachment as? ClientStream, !call.isOver {
          abandon(call, RPCError(.internalError, "the server ended the call without a status"))
        }
      case .closed(let stream, let code): streamClosed(stream, code)
      case .drained(let stream): (stream.attachment as? ClientStream)?.drained(unsent: stream.queuedBytes)
      case .settings:
        if !isReady {
          isReady = true
          if !isDraining { onEvent(self, .ready) }
        }
      case .ping: break
      case .pingAcknowledged: pingSentAt = nil
      case .goAway(_, let code, let reason):
        if code != .noError { closeReason = "the server sent GOAWAY \(code.rawValue) \(reason)" }
        if code == .enhanceYourCalm, reason == "too_many_pings" { onEvent(self, .tooManyPings) }
        drain()
      }
    }
  }

  private func headers(_ stream: HTTP2Stream, _ block: HeaderBlock, _ endStream: Bool) {
    guard let call = stream.attachment as? ClientStream, !call.isOver else { return }
    let parts = ResponseParts(block)
    if block.isTruncated { return abandon(call, RPCError(.resourceExhausted, "the answer's header list is too long")) }
    if !call.sawHeaders {
      if parts.httpStatus / 100 == 1 { return }
      call.sawHeaders = true
      if let error = parts.foreignError, parts.status == nil { return abandon(call, error) }
      if !endStream {
        guard let encoding = parts.encoding else {
          return abandon(
            call, RPCError(.internalError, "the message encoding \(parts.unknownEncoding) is not supported"))
        }
        call.setInboundEncoding(encoding)
        call.received(initialMetadata: parts.metadata)
        return
      }
    } else if !endStream {
      return abandon(call, RPCError(.internalError, "the server sent headers twice"))
    }
    var error = parts.error
    if error == nil, call.hasPartialMessage {
      error = RPCError(.internalError, "the answer broke off in the middle of a message")
    }
    // What was not sent yet is of no use to the server.
    if !stream.localEnded || stream.queuedBytes > 0 { http2.reset(stream, .cancel) }
    end(call, error, trailers: parts.metadata)
  }

  private func data(_ stream: HTTP2Stream, _ bytes: ByteBuffer) {
    guard let call = stream.attachment as? ClientStream, !call.isOver else {
      return http2.consume(stream, bytes: bytes.readableBytes)
    }
    do {
      let credit = try call.deliver(bytes).credit
      if credit > 0 { http2.consume(stream, bytes: credit) }
    } catch {
      abandon(call, error)
    }
  }

  private func abandon(_ call: ClientStream, _ error: RPCError) { cancel(call, error) }

  private func streamClosed(_ stream: HTTP2Stream, _ code: HTTP2ErrorCode) {
    if let call = stream.attachment as? ClientStream, !call.isOver {
      end(call, Self.error(closedWith: code, sawHeaders: call.sawHeaders))
    }
    stream.attachment = nil
    if isDraining, http2.streamCount == 0 { needsFlush = true }
  }

  /// Source of the mapping: PROTOCOL-HTTP2.md, "Errors"
  private static func error(closedWith code: HTTP2ErrorCode, sawHeaders: Bool) -> RPCError {
    switch code {
    case .refusedStream where !sawHeaders: .unprocessed("the server refused the call")
    case .refusedStream: RPCError(.unavailable, "the server refused the call")
    case .cancel: RPCError(.cancelled, "the server cancelled the call")
    case .enhanceYourCalm: RPCError(.resourceExhausted, "the server asks for fewer calls")
    case .inadequateSecurity: RPCError(.permissionDenied, "the connection is not secure enough for the server")
    default: RPCError(.internalError, "the stream was reset with HTTP/2 error \(code.rawValue)")
    }
  }

  // MARK: Life of the connection

  private func drain() {
    guard !isDraining else { return }
    isDraining = true
    onEvent(self, .draining)
    flush()
  }

  private func scheduleHousekeeping(_ context: ChannelHandlerContext) {
    let interval = TimeAmount.nanoseconds(limits.housekeepingInterval.wholeNanoseconds)
    housekeeping = context.eventLoop.assumeIsolated().scheduleTask(in: interval) { [weak self] in
      guard let self, let context = self.context else { return }
      self.keepHouse(at: .now())
      self.scheduleHousekeeping(context)
    }
  }

  private func keepHouse(at now: NIODeadline) {
    if let sent = pingSentAt {
      if now - sent > .nanoseconds(limits.keepaliveTimeout.wholeNanoseconds) {
        closeReason = "the server doesn't answer"
        context?.close(promise: nil)
      }
    } else if http2.streamCount > 0, now - lastRead > .nanoseconds(limits.keepaliveTime.wholeNanoseconds) {
      pingSentAt = now
      http2.ping()
      flush()
    }
  }
}
