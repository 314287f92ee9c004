import NIOCore
import NIOTLS
import RPCCore
import RPCHTTP2

/// One connection of a server: turns HTTP/2 events into calls, and what calls send into HTTP/2.
///
/// Everything here runs on the channel's event loop. Handlers start inside it, so one that never suspends answers
/// within the same read.
final class ServerConnection: ChannelInboundHandler, @unchecked Sendable {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// What the ping behind the notice of a shutdown carries: the answer to a keepalive ping that was sent before says
  /// nothing of the notice.
  private static let drainPing: UInt64 = 0x7477_696E_6472_6E01
  /// A write buffer up to this size is kept for the next write.
  private static let keptOutput = 64 * 1024

  let mailbox: LoopMailbox<ServerCommand>
  private let http2: HTTP2Connection
  private let router: Router
  private let limits: ServerLimits
  private let wheel: DeadlineWheel
  private let statistics: ServerStatistics
  private let load: ServerLoad
  private let onClose: @Sendable (ServerConnection) -> Void
  private var context: ChannelHandlerContext?
  private var peer = ""
  private var cache = RepeatedText()
  private var output = ByteBuffer()
  private var depth = 0
  private var needsFlush = false
  private var runningHandlers = 0
  /// What the calls hold unread, or more: a call counts anew when it gets data.
  private var unreadBytes = 0
  /// What `load` knows of this connection. It is told once for each turn of the loop, and nothing of what came and went
  /// within one, so that a short call touches no counter that other threads write, but for that of the handlers.
  private var toldUnread = 0
  private var toldUnsent = 0
  private var housekeeping: Scheduled<Void>?
  // Life of the connection.
  private let openedAt = NIODeadline.now()
  private let ageLimit: NIODeadline
  private var lastRead = NIODeadline.now()
  private var idleSince: NIODeadline? = .now()
  private var pingSentAt: NIODeadline?
  private var lastPingAt: NIODeadline?
  private var pingStrikes = 0
  private var handshakeDone = false
  private var drain = Drain.no
  private var drainDeadline = NIODeadline.distantFuture

  private var closing = Closing.no
  private var lingerDeadline = NIODeadline.distantFuture

  private enum Drain { case no, announced, final }

  /// Closing waits for what was written, or for nothing any more.
  private enum Closing { case no, now, afterWrites, requested }

  init(
    loop: any EventLoop, router: Router, limits: ServerLimits, wheel: DeadlineWheel, statistics: ServerStatistics,
    load: ServerLoad = ServerLoad(), onClose: @escaping @Sendable (ServerConnection) -> Void
  ) {
    http2 = HTTP2Connection(role: .server, limits: limits.http2)
    self.router = router
    self.limits = limits
    self.wheel = wheel
    self.statistics = statistics
    self.load = load
    self.onClose = onClose
    ageLimit =
      limits.maxAge.map { age in
        // Spread, so that clients don't all come back at once.
        .now() + .nanoseconds(age.wholeNanoseconds + Int64.random(in: 0...max(age.wholeNanoseconds / 10, 1)))
      } ?? .distantFuture
    let box = Weak<ServerConnection>()
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
    peer = context.channel.remoteAddress.map(PeerName.text) ?? "unknown"
    scheduleHousekeeping(context)
    flush()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    lastRead = .now()
    pingSentAt = nil
    depth += 1
    defer { depth -= 1 }
    do {
      try http2.receive(unwrapInboundIn(data))
    } catch {
      closing = .now
    }
    handleEvents()
    needsFlush = true
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if needsFlush { flush() }
    // Answers to a peer that sends but doesn't read.
    if !context.channel.isWritable, http2.queuedFrames > limits.maxQueuedFrames { context.close(promise: nil) }
    context.fireChannelReadComplete()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { flush() }
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted(let negotiated)? = event as? TLSUserEvent, negotiated != "h2" {
      context.close(promise: nil)
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  func channelInactive(context: ChannelHandlerContext) {
    closed()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { closed() }

  private func closed() {
    guard context != nil else { return }
    context = nil
    housekeeping?.cancel()
    for stream in http2.openStreams {
      if let call = stream.attachment as? ServerStream {
        release(call, RPCError(.cancelled, "the connection was lost"))
      }
      stream.attachment = nil
    }
    load.addUnread(-toldUnread)
    load.addUnsent(-toldUnsent)
    onClose(self)
  }

  // MARK: Output

  /// Writes what is due. Never inside itself or inside event handling: whoever is at work there writes when it is done.
  private func flush() {
    needsFlush = true
    guard depth == 0, let context else { return }
    depth += 1
    defer { depth -= 1 }
    // Before anything is written that others may act upon.
    tellUnread()
    while needsFlush, context.channel.isWritable {
      needsFlush = false
      var wrote = false
      while context.channel.isWritable {
        output.clear()
        var more = false
        do { more = try http2.write(into: &output) } catch { closing = .now }
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
    tellUnsent()
    if closing == .no, http2.isFinished { closing = .afterWrites }
    closeIfDue(context)
  }

  private func tellUnread() {
    guard unreadBytes != toldUnread else { return }
    load.addUnread(unreadBytes - toldUnread)
    toldUnread = unreadBytes
  }

  /// What was written found the channel closed, perhaps: then all was taken back already.
  private func tellUnsent() {
    guard context != nil, http2.queuedBytes != toldUnsent else { return }
    load.addUnsent(http2.queuedBytes - toldUnsent)
    toldUnsent = http2.queuedBytes
  }

  private func closeIfDue(_ context: ChannelHandlerContext) {
    switch closing {
    case .no, .requested: break
    case .now:
      closing = .requested
      context.close(promise: nil)
    case .afterWrites:
      closing = .requested
      lingerDeadline = .now() + .nanoseconds(limits.lingerTimeout.wholeNanoseconds)
      context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated().whenComplete { _ in
        context.close(promise: nil)
      }
    }
  }

  // MARK: Commands

  private func drainMailbox() {
    depth += 1
    for command in mailbox.take() { perform(command) }
    depth -= 1
    flush()
  }

  /// Carries out a command of code that runs on the loop already, behind everything that was posted before it.
  func performNow(_ command: ServerCommand) {
    for earlier in mailbox.take() { perform(earlier) }
    perform(command)
    flush()
  }

  private func perform(_ command: ServerCommand) {
    switch command {
    case .send(let call, let framed, let head):
      guard let stream = call.http2, !call.isFinished else { return }
      guard http2.queuedBytes + framed.readableBytes <= limits.maxUnsentBytesPerConnection else {
        return end(call, RPCError(.resourceExhausted, "the client's connection holds too many unread answers"))
      }
      guard load.unsentBytes - toldUnsent + http2.queuedBytes + framed.readableBytes <= limits.maxUnsentBytes else {
        return end(call, RPCError(.resourceExhausted, "the clients of the server leave too many answers unread"))
      }
      if let head { respond(call, stream, head) }
      if !call.isFinished { http2.send(stream, framed) }
    case .head(let call, let head):
      guard let stream = call.http2, !call.isFinished else { return }
      respond(call, stream, head)
    case .finish(let call, let error, let trailers):
      runningHandlers -= 1
      load.handlerEnded()
      call.handlerIsDone = true
      finish(call, error, trailers)
      call.task = nil
    case .credit(let call, let bytes):
      guard let stream = call.http2 else { return }
      http2.consume(stream, bytes: bytes)
      // Its handler has read something; without this that would only show with the next data.
      if !call.isFinished { count(call, call.memory) }
    case .drain(let call):
      guard let stream = call.http2 else { return call.drained(unsent: 0) }
      if stream.queuedBytes <= call.limits.sendLowWater {
        call.drained(unsent: stream.queuedBytes)
      } else {
        http2.notifyDrained(stream, mark: call.limits.sendLowWater)
      }
    case .shutdown: beginDrain()
    case .abort: abort()
    }
  }

  private func respond(_ call: ServerStream, _ stream: HTTP2Stream, _ head: ResponseHead) {
    let headers = HeaderList.response(head)
    guard headers.listSize <= http2.maxSentHeaderListSize else {
      return end(call, RPCError(.resourceExhausted, "the initial metadata is longer than the client takes"))
    }
    http2.respond(stream, headers)
  }

  // MARK: Events

  private func handleEvents() {
    http2.drainEvents { event in
      switch event {
      case .headers(let stream, let block, let endStream): headers(stream, block, endStream)
      case .data(let stream, let bytes): data(stream, bytes)
      case .endStream(let stream): endOfRequest(stream)
      case .closed(let stream, let code): streamClosed(stream, code)
      case .drained(let stream):
        (stream.attachment as? ServerStream)?.drained(unsent: stream.queuedBytes)
      case .settings: handshakeDone = true
      case .ping: ping()
      case .pingAcknowledged(let data):
        pingSentAt = nil
        if drain == .announced, data == Self.drainPing { finalDrain() }
      case .goAway: break
      }
    }
  }

  private func headers(_ stream: HTTP2Stream, _ block: HeaderBlock, _ endStream: Bool) {
    if stream.attachment != nil || stream.headersSubmitted {
      // Trailers of a request say nothing in gRPC.
      if endStream { endOfRequest(stream) }
      return
    }
    let head = RequestHead(block, cache: &cache)
    idleSince = nil
    statistics.callStarted()
    switch head.refusal {
    case .http(let status):
      statistics.callEnded(.unknown)
      return http2.respondOnly(stream, .http(status: status))
    case .grpc(let error): return refuse(stream, error)
    case nil: break
    }
    guard let method = router.method(path: head.path) else { return refuse(stream, router.missing(path: head.path)) }
    guard runningHandlers < limits.maxHandlersPerConnection, load.hasRoomForHandler(max: limits.maxHandlers) else {
      statistics.callEnded(.unavailable)
      return http2.reset(stream, .refusedStream)
    }
    let call = ServerStream(
      connection: self, acceptsGzip: head.acceptsGzip, limits: limits,
      takesOneMessage: !method.descriptor.kind.requestIsStreaming)
    call.http2 = stream
    call.setInboundEncoding(head.encoding)
    call.method = method
    stream.attachment = call
    let deadline = head.timeout.map { Deadline(.now() + .nanoseconds($0)) }
    call.call = ServerCall(
      method: method.descriptor, metadata: head.metadata, deadline: deadline, peer: peer, transport: call)
    if let deadline { wheel.add(call, deadline.instant) }
    // One request comes whole before its handler starts, so that the handler need not wait for it.
    if method.descriptor.kind.requestIsStreaming { start(call) }
    if endStream { endOfRequest(stream) }
  }

  private func refuse(_ stream: HTTP2Stream, _ error: RPCError) {
    statistics.callEnded(error.code)
    http2.respondOnly(stream, status(error, Metadata(), isWhole: true))
  }

  private func start(_ call: ServerStream) {
    guard !call.isStarted, let method = call.method, let serverCall = call.call else { return }
    guard load.startHandler(max: limits.maxHandlers) else { return turnAway(call) }
    call.isStarted = true
    // The handler's task holds it from here on; kept here, it would keep itself alive.
    call.call = nil
    runningHandlers += 1
    let task = Task.immediate { await call.run(serverCall, method.handler) }
    guard !call.handlerIsDone else { return }
    call.task = task
    // Ended from outside while the handler took its first steps.
    if call.isFinished { task.cancel() }
  }

  /// Refuses a call whose handler has not run.
  private func turnAway(_ call: ServerStream) {
    call.isFinished = true
    call.call = nil
    wheel.remove(call)
    count(call, 0)
    call.discardPartialMessage()
    statistics.callEnded(.unavailable)
    if let stream = call.http2 { http2.reset(stream, .refusedStream) }
  }

  private func data(_ stream: HTTP2Stream, _ bytes: ByteBuffer) {
    guard let call = stream.attachment as? ServerStream else {
      return http2.consume(stream, bytes: bytes.readableBytes)
    }
    // What comes after the status is of no use; the client is told to stop.
    guard !call.isFinished else { return }
    do {
      let (credit, memory) = try call.deliver(bytes)
      if credit > 0 { http2.consume(stream, bytes: credit) }
      count(call, memory)
      if holdsTooMuch { limitUnread(call) }
    } catch {
      end(call, error)
    }
  }

  private func count(_ call: ServerStream, _ memory: Int) {
    unreadBytes += memory - call.countedBytes
    call.countedBytes = memory
  }

  /// Whether the calls of this connection, or those of all, hold more than they may.
  private var holdsTooMuch: Bool {
    unreadBytes > limits.maxUnreadBytesPerConnection
      || load.unreadBytes - toldUnread + unreadBytes > limits.maxUnreadBytes
  }

  /// Ends the call that went over the limit, if the calls still hold that much.
  private func limitUnread(_ call: ServerStream) {
    countAnew()
    guard holdsTooMuch else { return }
    let holders = unreadBytes > limits.maxUnreadBytesPerConnection ? "the client's connection" : "the server"
    end(call, RPCError(.resourceExhausted, "the calls of \(holders) hold too much unread"))
  }

  private func countAnew() {
    for stream in http2.openStreams {
      if let call = stream.attachment as? ServerStream, !call.isFinished { count(call, call.memory) }
    }
  }

  private func endOfRequest(_ stream: HTTP2Stream) {
    guard let call = stream.attachment as? ServerStream, !call.isFinished else { return }
    if call.hasPartialMessage {
      return end(call, RPCError(.internalError, "the request broke off in the middle of a message"))
    }
    if let kind = call.method?.descriptor.kind, !kind.requestIsStreaming, call.arrivedMessages != 1 {
      return end(call, RPCError(.unimplemented, "no request message where the method takes one"))
    }
    call.endInbound()
    start(call)
  }

  private func streamClosed(_ stream: HTTP2Stream, _ code: HTTP2ErrorCode) {
    if let call = stream.attachment as? ServerStream {
      release(call, RPCError(.cancelled, "the client cancelled the call"))
    }
    stream.attachment = nil
    if http2.streamCount == 0 { idleSince = .now() }
  }

  // MARK: Ending calls

  /// The handler is done: sends the status.
  ///
  /// - Parameter isForced: whether what the call has not sent yet is dropped.
  private func finish(_ call: ServerStream, _ error: RPCError?, _ trailers: Metadata, isForced: Bool = false) {
    guard !call.isFinished else { return }
    call.isFinished = true
    call.call = nil
    wheel.remove(call)
    count(call, 0)
    statistics.callEnded(error?.code ?? .ok)
    // Nobody reads any more; a unary call has nothing left to read.
    if call.method?.descriptor.kind.requestIsStreaming == true {
      call.fail(RPCError(.cancelled, "the call has ended"))
      call.discardPartialMessage()
    }
    guard let stream = call.http2 else { return }
    if !stream.headersSubmitted {
      http2.respondOnly(stream, status(error, trailers, isWhole: true))
    } else if isForced {
      http2.endNow(stream, trailers: status(error, trailers, isWhole: false))
    } else {
      http2.end(stream, trailers: status(error, trailers, isWhole: false))
    }
  }

  /// The headers of a status; without its extras if those are more than the client takes.
  private func status(_ error: RPCError?, _ trailers: Metadata, isWhole: Bool) -> HeaderList {
    let headers = HeaderList.status(error, trailers, isWhole: isWhole)
    guard headers.listSize > http2.maxSentHeaderListSize else { return headers }
    let bare = RPCError(
      error?.code ?? .resourceExhausted, "the status or its metadata is longer than the client takes")
    return HeaderList.status(bare, Metadata(), isWhole: isWhole)
  }

  /// Ends a call from this side: the client gets the status, the handler is cancelled. What waits in either direction
  /// is dropped, so that a client that doesn't read can't keep it.
  func end(_ call: ServerStream, _ error: RPCError) {
    call.fail(error)
    call.discardPartialMessage()
    finish(call, error, Metadata(), isForced: true)
    call.task?.cancel()
    flush()
  }

  /// The stream is gone: nothing can be sent, the handler is cancelled.
  private func release(_ call: ServerStream, _ error: RPCError) {
    call.http2 = nil
    wheel.remove(call)
    // Also after the status: tasks that outlive their handler may still wait for the call.
    call.fail(error)
    guard !call.isFinished else { return }
    call.isFinished = true
    call.call = nil
    count(call, 0)
    statistics.callEnded(error.code)
    call.task?.cancel()
  }

  // MARK: Life of the connection

  private func ping() {
    let now = NIODeadline.now()
    defer { lastPingAt = now }
    // A client that is being sent data pings to measure the bandwidth, as often as it likes.
    // Source: gRPC A8, "Server Enforcement"
    if http2.hasSentCalls {
      http2.hasSentCalls = false
      pingStrikes = 0
      return
    }
    guard let last = lastPingAt, now - last < .nanoseconds(limits.minPingInterval.wholeNanoseconds) else { return }
    pingStrikes += 1
    if pingStrikes > limits.maxPingStrikes {
      // One GOAWAY only: clients show the reason that came last.
      http2.goAway(.enhanceYourCalm, reason: "too_many_pings")
      if closing == .no { closing = .afterWrites }
    }
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
    if now > lingerDeadline {
      context?.close(promise: nil)
      return
    }
    if !handshakeDone, now - openedAt > .nanoseconds(limits.handshakeTimeout.wholeNanoseconds) {
      context?.close(promise: nil)
      return
    }
    if let sent = pingSentAt, now - sent > .nanoseconds(limits.keepaliveTimeout.wholeNanoseconds) {
      context?.close(promise: nil)
      return
    }
    if pingSentAt == nil, handshakeDone, now - lastRead > .nanoseconds(limits.keepaliveTime.wholeNanoseconds) {
      pingSentAt = now
      http2.ping()
    }
    if let since = idleSince, let maxIdle = limits.maxIdle, now - since > .nanoseconds(maxIdle.wholeNanoseconds) {
      beginDrain()
    }
    if now > ageLimit, drain == .no {
      beginDrain()
      drainDeadline = now + .nanoseconds(limits.maxAgeGrace.wholeNanoseconds)
    }
    if now > drainDeadline { abort() }
    // What handlers have read since the last data came is held against the other connections no longer.
    if unreadBytes > 0 { countAnew() }
    flush()
  }

  private func beginDrain() {
    guard drain == .no else { return }
    drain = .announced
    http2.announceShutdown()
    // The answer tells that the client has seen the notice, so that no call it started before is refused.
    http2.ping(Self.drainPing)
    let notice = TimeAmount.nanoseconds(limits.shutdownNotice.wholeNanoseconds)
    context?.eventLoop.assumeIsolated().scheduleTask(in: notice) { [weak self] in
      guard let self, self.drain == .announced else { return }
      self.finalDrain()
      self.flush()
    }
  }

  private func finalDrain() {
    drain = .final
    http2.goAway()
    needsFlush = true
  }

  /// Ends what is left.
  private func abort() {
    for stream in http2.openStreams {
      if let call = stream.attachment as? ServerStream {
        end(call, RPCError(.unavailable, "the server is shutting down"))
      }
    }
    http2.terminate(.noError)
    closing = .now
    flush()
  }
}

/// Breaks the cycle between a connection and its mailbox.
final class Weak<Value: AnyObject>: @unchecked Sendable {
  weak var value: Value?
}

/// How a peer is named in calls and logs.
enum PeerName {
  static func text(_ address: SocketAddress) -> String {
    if let host = address.ipAddress, let port = address.port { return "\(host):\(port)" }
    return address.pathname.map { $0.isEmpty ? "unix" : "unix:\($0)" } ?? "unknown"
  }
}
