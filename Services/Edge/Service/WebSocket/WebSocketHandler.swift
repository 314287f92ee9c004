import NIOCore
import NIOWebSocket
import RuntimeTelemetry

/// One open WebSocket on its event loop: sends text, answers pings, and closes as RFC 6455 says.
///
/// Clients have nothing to say here: text in one frame is taken and ignored, anything else closes the connection.
final class WebSocketHandler: ChannelInboundHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundOut = WebSocketFrame

  private enum State: Equatable {
    case open
    /// Closes once everything that waits is sent.
    case ending(WebSocketEnd)
    /// The close is sent; the other side's is awaited.
    case closing
    /// The close is sent because of what the other side did; nothing of it is read any more.
    case failed
    case closed
  }

  private let limits: WebSocketLimits
  private let metrics: WebSocketMetrics
  private var state = State.open
  private var queue: OutgoingQueue
  /// The one message that found the queue full.
  private var blocked: (message: OutgoingMessage, promise: EventLoopPromise<Void>)?
  /// What the newest unanswered ping holds. Source for answering only that: RFC 6455 §5.5.3
  private var unanswered: ByteBuffer?
  private var wasHeard = true
  private var hasBegun = false
  /// Of the close that was sent or came first.
  private var endCode: UInt16?
  private var ping: Scheduled<Void>?
  private var stall: Scheduled<Void>?
  private var cut: Scheduled<Void>?
  private var context: ChannelHandlerContext?
  private var whenClosed: EventLoopPromise<Void>?

  init(_ limits: WebSocketLimits, _ metrics: WebSocketMetrics) {
    self.limits = limits
    self.metrics = metrics
    queue = OutgoingQueue(maximum: limits.maxQueued, maxBytes: limits.maxQueuedBytes)
  }

  // MARK: For those who send

  /// Longest frame of the client, in bytes.
  var maxFrame: Int { limits.maxFrame }

  /// Whether the connection is gone.
  var closed: EventLoopFuture<Void> {
    guard let whenClosed else { preconditionFailure("not in a pipeline") }
    return whenClosed.futureResult
  }

  /// Begins once nothing of HTTP is left in the pipeline.
  func begin() {
    guard let context, context.channel.isActive, state != .closed else { return }
    hasBegun = true
    metrics.openSockets.increment(by: 1)
    schedulePing(context)
    writabilityChanged(context)
  }

  /// Sends a message, in its turn. One call at a time.
  ///
  /// - Returns: done when there was room for it; `WebSocketEnd` when nothing can be sent any more.
  func send(_ message: OutgoingMessage) -> EventLoopFuture<Void> {
    guard let context, state == .open else {
      return closed.eventLoop.makeFailedFuture(WebSocketEnd(WebSocketEnd.abnormal, "closed"))
    }
    switch queue.offer(message) {
    case .added: pump(context)
    case .replaced: metrics.replaced.increment()
    case .full:
      guard blocked == nil else { preconditionFailure("two messages at once") }
      let promise = context.eventLoop.makePromise(of: Void.self)
      blocked = (message, promise)
      return promise.futureResult
    }
    return context.eventLoop.makeSucceededVoidFuture()
  }

  /// Closes once everything that waits is sent.
  func end(_ end: WebSocketEnd) {
    guard let context, state == .open else { return }
    state = .ending(end)
    pump(context)
  }

  // MARK: Out

  private func pump(_ context: ChannelHandlerContext) {
    guard hasBegun else { return }
    var hasWritten = false
    while context.channel.isWritable, let text = queue.next() {
      context.write(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .text, data: text)), promise: nil)
      metrics.sent.increment()
      hasWritten = true
      if let (message, promise) = blocked, queue.offer(message) != .full {
        blocked = nil
        promise.succeed()
      }
    }
    if hasWritten { context.flush() }
    if case .ending(let end) = state, queue.isEmpty { close(context, end, .closing) }
  }

  private func writabilityChanged(_ context: ChannelHandlerContext) {
    stall?.cancel()
    stall = nil
    guard context.channel.isWritable else {
      stall = context.eventLoop.assumeIsolated().scheduleTask(in: limits.stall) { [weak self] in self?.giveUp(.tooSlow)
      }
      return
    }
    if let data = unanswered {
      unanswered = nil
      control(context, .pong, data)
    }
    pump(context)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if state != .closed, hasBegun { writabilityChanged(context) }
    context.fireChannelWritabilityChanged()
  }

  private func control(_ context: ChannelHandlerContext, _ opcode: WebSocketOpcode, _ data: ByteBuffer) {
    context.writeAndFlush(wrapOutboundOut(WebSocketFrame(fin: true, opcode: opcode, data: data)), promise: nil)
  }

  private func schedulePing(_ context: ChannelHandlerContext) {
    ping = context.eventLoop.assumeIsolated().scheduleTask(in: limits.pingInterval) { [weak self] in self?.keepAlive() }
  }

  private func keepAlive() {
    guard let context, state == .open else { return }
    guard wasHeard else { return giveUp(.silent) }
    schedulePing(context)
    // A client that doesn't read is measured by that.
    guard context.channel.isWritable else { return }
    wasHeard = false
    control(context, .ping, ByteBuffer())
  }

  // MARK: Closing

  /// Closes without waiting for what is to be sent.
  private func giveUp(_ end: WebSocketEnd) {
    guard let context else { return }
    switch state {
    case .open, .ending: close(context, end, .closing)
    case .closing, .failed, .closed: break
    }
  }

  /// Source: RFC 6455 §7.1.7
  private func fail(_ context: ChannelHandlerContext, _ end: WebSocketEnd) { close(context, end, .failed) }

  private func close(_ context: ChannelHandlerContext, _ end: WebSocketEnd, _ next: State) {
    state = next
    endCode = endCode ?? end.code
    discard()
    var data = ByteBuffer()
    data.writeInteger(end.code)
    data.writeString(end.reason)
    let written = context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(
      wrapOutboundOut(WebSocketFrame(fin: true, opcode: .connectionClose, data: data)), promise: written)
    cut = context.eventLoop.assumeIsolated().scheduleTask(in: limits.closeWait) { [weak self] in self?.hangUp() }
    guard next == .failed else { return }
    // The other side sees the end at once. What it still sends is read away, so that it isn't told of a reset before it
    // has read the close.
    written.futureResult.assumeIsolated().whenSuccess { [weak self] in
      guard let self, let context = self.context else { return }
      let half = context.eventLoop.makePromise(of: Void.self)
      context.close(mode: .output, promise: half)
      half.futureResult.assumeIsolated().whenFailure { [weak self] _ in self?.hangUp() }
    }
  }

  private func hangUp() { context?.close(promise: nil) }

  /// Nothing that waits will be sent.
  private func discard() {
    stall?.cancel()
    stall = nil
    ping?.cancel()
    ping = nil
    unanswered = nil
    metrics.lost.increment(by: Int64(queue.count + (blocked == nil ? 0 : 1)))
    queue.removeAll()
    blocked?.promise.fail(WebSocketEnd(WebSocketEnd.abnormal, "closed"))
    blocked = nil
  }

  // MARK: In

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = unwrapInboundIn(data)
    wasHeard = true
    guard state != .failed, state != .closed else { return }
    guard frame.maskKey != nil else { return fail(context, .protocolError("frames of a client must be masked")) }
    guard frame.reservedBits.isEmpty else { return fail(context, .protocolError("no extension was agreed on")) }
    switch frame.opcode {
    case .ping where state != .closing:
      if context.channel.isWritable {
        control(context, .pong, frame.unmaskedData)
      } else {
        unanswered = frame.unmaskedData
      }
    case .ping, .pong: break
    case .connectionClose: closeCame(context, frame.unmaskedData)
    case .text where state == .closing, .binary where state == .closing, .continuation where state == .closing: break
    case .text where !frame.fin: fail(context, .unacceptable("fragmented messages aren't taken"))
    case .text:
      let text = frame.unmaskedData
      if String(validating: text.readableBytesView, as: UTF8.self) == nil { fail(context, .notText) }
    case .binary: fail(context, .unacceptable("only text is taken"))
    case .continuation: fail(context, .protocolError("there is nothing to continue"))
    default: fail(context, .protocolError("the opcode is unknown"))
    }
  }

  /// Source: RFC 6455 §5.5.1, §7.1.5
  private func closeCame(_ context: ChannelHandlerContext, _ data: ByteBuffer) {
    var data = data
    guard data.readableBytes != 1 else { return fail(context, .protocolError("a code has two bytes")) }
    let code: UInt16? = data.readInteger()
    if let code, !WebSocketEnd.maySend(code) { return fail(context, .protocolError("the code must not be sent")) }
    guard String(validating: data.readableBytesView, as: UTF8.self) != nil else { return fail(context, .notText) }
    endCode = endCode ?? code ?? WebSocketEnd.noCode
    guard state != .closing else { return hangUp() }
    state = .closing
    discard()
    var answer = ByteBuffer()
    if let code { answer.writeInteger(code) }
    let written = context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(
      wrapOutboundOut(WebSocketFrame(fin: true, opcode: .connectionClose, data: answer)), promise: written)
    written.futureResult.assumeIsolated().whenComplete { [weak self] _ in self?.hangUp() }
    cut = context.eventLoop.assumeIsolated().scheduleTask(in: limits.closeWait) { [weak self] in self?.hangUp() }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard state != .failed, state != .closed else { return }
    switch error {
    case NIOWebSocketError.invalidFrameLength: fail(context, .tooLarge)
    case is NIOWebSocketError: fail(context, .protocolError("a control frame is whole and has 125 bytes at most"))
    default: context.close(promise: nil)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is ChannelShouldQuiesceEvent: giveUp(.goingAway)
    case ChannelEvent.inputClosed: context.close(promise: nil)
    default: break
    }
    context.fireUserInboundEventTriggered(event)
  }

  // MARK: Begin and end

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    whenClosed = context.eventLoop.makePromise()
  }

  func channelInactive(context: ChannelHandlerContext) {
    gone()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    gone()
    self.context = nil
  }

  private func gone() {
    guard state != .closed else { return }
    state = .closed
    discard()
    cut?.cancel()
    cut = nil
    if hasBegun { metrics.close(endCode ?? WebSocketEnd.abnormal) }
    whenClosed?.succeed()
  }
}
