internal import CNghttp2
public import NIOCore

/// What happened on a connection. Events are taken after `receive` and `write`, never inside them.
public enum HTTP2Event {
  /// A header list: the first of a stream or, with `endStream`, its trailers.
  case headers(HTTP2Stream, HeaderBlock, endStream: Bool)
  /// A piece of data; `consume` must be called for it when the reader has taken it.
  case data(HTTP2Stream, ByteBuffer)
  /// The peer ended its side without trailers.
  case endStream(HTTP2Stream)
  /// The stream is gone.
  case closed(HTTP2Stream, HTTP2ErrorCode)
  /// What was queued on the stream has fallen to the mark given to `notifyDrained`.
  case drained(HTTP2Stream)
  /// The peer takes no streams above `lastStreamID`.
  case goAway(lastStreamID: Int32, HTTP2ErrorCode, reason: String)
  /// The peer's SETTINGS arrived.
  case settings
  /// The peer asked for a sign of life; nghttp2 answers by itself.
  case ping
  /// The peer answered a ping of ours with this data, or sent an answer that nobody asked for.
  case pingAcknowledged(UInt64)
}

/// One HTTP/2 connection without its socket: bytes in, events out; calls in, bytes out.
///
/// Both ends of a connection use this type. It belongs to one event loop and isn't safe to share. nghttp2 must not be
/// re-entered from its callbacks, so they only record what happened.
///
/// Source: RFC 9113; https://nghttp2.org/documentation/
public final class HTTP2Connection {
  /// Which end this is.
  public enum Role: Sendable { case client, server }

  /// A batch of output is handed on when it is this long, so that a large answer isn't held twice.
  public static let outputBatch = 256 * 1024
  /// The longest header block that nghttp2 packs, by its own generous estimate.
  static let packedHeaderList = 1 << 20
  /// A header list so many times longer than the limit isn't read to its end: unpacking costs more than sending does.
  private static let hopelessHeaderList = 4

  public let role: Role
  public let limits: HTTP2Limits
  private let session: OpaquePointer
  private var streams: [Int32: HTTP2Stream] = [:]
  private var events: [HTTP2Event] = []
  private var spareEvents: [HTTP2Event] = []
  private var input = ByteBuffer()
  private var inputBase: UInt = 0
  private var block = HeaderBlock()
  private var received = 0
  private var isHandingOut = false
  private var isBroken = false
  /// Bytes given to `send` on all streams that have not left yet.
  public private(set) var queuedBytes = 0

  public init(role: Role, limits: HTTP2Limits = HTTP2Limits()) {
    self.role = role
    self.limits = limits
    session = Self.makeSession(role: role, limits: limits)
    nghttp2_session_set_user_data(session, Unmanaged.passUnretained(self).toOpaque())
    submitSettings()
  }

  deinit { nghttp2_session_del(session) }

  // MARK: State

  /// How many streams are open.
  public var streamCount: Int { streams.count }

  /// The open stream with this id.
  public func stream(_ id: Int32) -> HTTP2Stream? { streams[id] }

  /// Every open stream, lowest id first.
  public var openStreams: [HTTP2Stream] { streams.values.sorted { $0.id < $1.id } }

  /// Neither side has anything left to say; the socket can be closed.
  public var isFinished: Bool {
    nghttp2_session_want_read(session) == 0 && nghttp2_session_want_write(session) == 0
  }

  public var wantsWrite: Bool { nghttp2_session_want_write(session) != 0 }

  /// How many streams the peer lets us have open at once.
  public var peerMaxConcurrentStreams: UInt32 {
    nghttp2_session_get_remote_settings(session, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS)
  }

  /// Whether HEADERS or DATA have left since this was last set to false.
  public var hasSentCalls = false

  /// What the peer said its header list may weigh.
  public var peerMaxHeaderListSize: UInt32 {
    nghttp2_session_get_remote_settings(session, NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE)
  }

  /// The longest header list that can be sent: what the peer takes, within what nghttp2 packs.
  public var maxSentHeaderListSize: Int { min(Int(peerMaxHeaderListSize), Self.packedHeaderList / 2) }

  /// Frames that wait to be written, DATA apart. They only pile up while the peer doesn't read.
  public var queuedFrames: Int { nghttp2_session_get_outbound_queue_size(session) }

  // MARK: Bytes

  /// Takes in what the socket read.
  ///
  /// - Throws: when the connection is beyond repair; nothing more may be given to it.
  public func receive(_ bytes: ByteBuffer) throws(HTTP2ConnectionError) {
    input = bytes
    let taken = bytes.withUnsafeReadableBytes { buffer in
      inputBase = UInt(bitPattern: buffer.baseAddress)
      return nghttp2_session_mem_recv(session, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), buffer.count)
    }
    input = Self.empty
    // The connection's window only keeps the peer from flooding the socket; what a stream may hold is its own window's
    // business, so one slow reader doesn't stop the others.
    if received > 0 {
      nghttp2_session_consume_connection(session, received)
      received = 0
    }
    if taken < 0 {
      isBroken = true
      throw HTTP2ConnectionError(reason: Self.text(Int32(taken)))
    }
  }

  /// Writes what is due, about a batch at most.
  ///
  /// - Returns: whether the batch was filled and more may be due.
  public func write(into output: inout ByteBuffer) throws(HTTP2ConnectionError) -> Bool {
    while output.readableBytes < Self.outputBatch, !isBroken {
      var data: UnsafePointer<UInt8>?
      let length = nghttp2_session_mem_send(session, &data)
      if length < 0 {
        isBroken = true
        throw HTTP2ConnectionError(reason: Self.text(Int32(length)))
      }
      guard length > 0, let data else { return false }
      output.writeBytes(UnsafeRawBufferPointer(start: data, count: length))
    }
    return !isBroken
  }

  /// Hands out what happened since the last time. Calls back into the connection are fine.
  public func drainEvents(_ body: (HTTP2Event) -> Void) {
    // From inside `body`: the outer loop goes on with what came meanwhile.
    guard !isHandingOut else { return }
    isHandingOut = true
    defer { isHandingOut = false }
    while !events.isEmpty {
      swap(&events, &spareEvents)
      for event in spareEvents { body(event) }
      spareEvents.removeAll(keepingCapacity: true)
    }
  }

  // MARK: Streams

  /// Opens a stream (client). More requests than the peer's limit wait inside nghttp2; the caller bounds them. After a
  /// GOAWAY the stream is closed as refused.
  ///
  /// - Throws: when ids have run out.
  public func request(_ headers: HeaderList) throws(HTTP2ConnectionError) -> HTTP2Stream {
    let stream = HTTP2Stream(id: 0)
    var provider = Self.dataProvider
    let id = headers.withFields { fields, count in
      nghttp2_submit_request(session, nil, fields, count, &provider, Unmanaged.passUnretained(stream).toOpaque())
    }
    if id < 0 { throw HTTP2ConnectionError(reason: Self.text(id)) }
    stream.id = id
    stream.headersSubmitted = true
    streams[id] = stream
    return stream
  }

  /// Answers a stream with headers that data or trailers follow (server).
  public func respond(_ stream: HTTP2Stream, _ headers: HeaderList) {
    guard !stream.isClosed, !stream.headersSubmitted else { return }
    stream.headersSubmitted = true
    var provider = Self.dataProvider
    _ = headers.withFields { fields, count in
      nghttp2_submit_response(session, stream.id, fields, count, &provider)
    }
  }

  /// Answers a stream with nothing but these headers (server).
  public func respondOnly(_ stream: HTTP2Stream, _ headers: HeaderList) {
    guard !stream.isClosed, !stream.headersSubmitted else { return }
    stream.headersSubmitted = true
    stream.localEnded = true
    _ = headers.withFields { fields, count in nghttp2_submit_response(session, stream.id, fields, count, nil) }
  }

  /// Queues data behind what is queued.
  public func send(_ stream: HTTP2Stream, _ data: ByteBuffer) {
    guard !stream.isClosed, !stream.localEnded else { return }
    stream.enqueue(data)
    queuedBytes += data.readableBytes
    resume(stream)
  }

  /// Ends this side of the stream behind what is queued, with trailers or without.
  public func end(_ stream: HTTP2Stream, trailers: HeaderList? = nil) {
    guard !stream.isClosed, !stream.localEnded else { return }
    stream.localEnded = true
    // Trailers need no window: with nothing left to send they don't wait for one, which the peer need not open again.
    if let trailers, stream.queuedBytes == 0 { return submit(trailers, stream) }
    stream.trailers = trailers
    resume(stream)
  }

  private func submit(_ trailers: HeaderList, _ stream: HTTP2Stream) {
    stream.trailersSubmitted = true
    _ = trailers.withFields { fields, count in nghttp2_submit_trailer(session, stream.id, fields, count) }
  }

  /// Ends this side of the stream with trailers at once; what is queued is dropped.
  public func endNow(_ stream: HTTP2Stream, trailers: HeaderList) {
    guard !stream.isClosed, !stream.trailersSubmitted else { return }
    discardQueue(stream)
    stream.localEnded = true
    stream.trailers = nil
    submit(trailers, stream)
  }

  /// Ends the stream at once, in both directions; what is queued is dropped.
  public func reset(_ stream: HTTP2Stream, _ code: HTTP2ErrorCode) {
    guard !stream.isClosed else { return }
    discardQueue(stream)
    stream.localEnded = true
    nghttp2_submit_rst_stream(session, UInt8(NGHTTP2_FLAG_NONE.rawValue), stream.id, code.rawValue)
  }

  /// Asks for one `drained` event once at most `mark` bytes are queued.
  public func notifyDrained(_ stream: HTTP2Stream, mark: Int) { stream.drainMark = mark }

  /// Lets the peer send this many bytes more on the stream.
  public func consume(_ stream: HTTP2Stream, bytes: Int) {
    guard !stream.isClosed, !stream.remoteEnded, bytes > 0 else { return }
    nghttp2_session_consume_stream(session, stream.id, bytes)
  }

  private func discardQueue(_ stream: HTTP2Stream) {
    queuedBytes -= stream.queuedBytes
    stream.discardQueue()
  }

  private func resume(_ stream: HTTP2Stream) {
    guard stream.isDeferred else { return }
    stream.isDeferred = false
    nghttp2_session_resume_data(session, stream.id)
  }

  // MARK: Connection

  /// Asks the peer for a sign of life.
  ///
  /// - Parameter data: comes back with the answer, and tells it from that to another ping.
  public func ping(_ data: UInt64 = 0) {
    _ = withUnsafeBytes(of: data.bigEndian) { bytes in
      nghttp2_submit_ping(
        session, UInt8(NGHTTP2_FLAG_NONE.rawValue), bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    }
  }

  /// Announces that a GOAWAY will follow, without refusing anything yet (server).
  public func announceShutdown() { nghttp2_submit_shutdown_notice(session) }

  /// Refuses streams above the newest that was seen; those that are open go on.
  public func goAway(_ code: HTTP2ErrorCode = .noError, reason: StaticString = "") {
    reason.withUTF8Buffer { text in
      _ = nghttp2_submit_goaway(
        session, UInt8(NGHTTP2_FLAG_NONE.rawValue), nghttp2_session_get_last_proc_stream_id(session), code.rawValue,
        text.baseAddress, text.count)
    }
  }

  /// Sends a GOAWAY and gives up every stream.
  public func terminate(_ code: HTTP2ErrorCode) { nghttp2_session_terminate_session(session, code.rawValue) }

  private func submitSettings() {
    var entries = [
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE.rawValue), value: UInt32(limits.streamWindow)),
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE.rawValue), value: UInt32(limits.maxHeaderListSize)),
    ]
    switch role {
    case .client:
      entries.append(nghttp2_settings_entry(settings_id: Int32(NGHTTP2_SETTINGS_ENABLE_PUSH.rawValue), value: 0))
    case .server:
      entries.append(
        nghttp2_settings_entry(
          settings_id: Int32(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS.rawValue),
          value: UInt32(limits.maxConcurrentStreams)))
    }
    nghttp2_submit_settings(session, UInt8(NGHTTP2_FLAG_NONE.rawValue), entries, entries.count)
    nghttp2_session_set_local_window_size(
      session, UInt8(NGHTTP2_FLAG_NONE.rawValue), 0, Int32(limits.connectionWindow))
  }

  private static let empty = ByteBuffer()

  private static func text(_ code: Int32) -> String { String(cString: nghttp2_strerror(code)) }

  // MARK: Recording, called from inside nghttp2

  func began(_ id: Int32, isRequest: Bool) {
    block.reset()
    guard isRequest, streams[id] == nil else { return }
    let stream = HTTP2Stream(id: id)
    streams[id] = stream
    nghttp2_session_set_stream_user_data(session, id, Unmanaged.passUnretained(stream).toOpaque())
  }

  /// - Returns: whether more fields of this list are wanted.
  func field(_ id: Int32, name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>) -> Bool {
    block.append(name: name, value: value, limit: limits.maxHeaderListSize)
    guard block.listSize > limits.maxHeaderListSize * Self.hopelessHeaderList else { return true }
    nghttp2_submit_rst_stream(
      session, UInt8(NGHTTP2_FLAG_NONE.rawValue), id, HTTP2ErrorCode.enhanceYourCalm.rawValue)
    return false
  }

  func headersEnded(_ stream: HTTP2Stream, endStream: Bool) {
    if endStream { stream.remoteEnded = true }
    events.append(.headers(stream, block, endStream: endStream))
    block.reset()
  }

  func data(_ stream: HTTP2Stream, _ start: UnsafePointer<UInt8>, _ length: Int) {
    received += length
    // nghttp2 points into the buffer that it was given, so a slice of that buffer serves without a copy.
    let offset = input.readerIndex + Int(UInt(bitPattern: start) - inputBase)
    guard let slice = input.getSlice(at: offset, length: length) else { return }
    events.append(.data(stream, slice))
  }

  func remoteEnded(_ stream: HTTP2Stream) {
    stream.remoteEnded = true
    events.append(.endStream(stream))
  }

  func closed(_ stream: HTTP2Stream, _ code: UInt32) {
    stream.isClosed = true
    discardQueue(stream)
    events.append(.closed(stream, HTTP2ErrorCode(rawValue: code)))
    streams[stream.id] = nil
  }

  /// A server that has answered doesn't want the rest of the request. Source: RFC 9113 §8.1
  func endWasSent(_ stream: HTTP2Stream) {
    guard role == .server, !stream.remoteEnded else { return }
    nghttp2_submit_rst_stream(
      session, UInt8(NGHTTP2_FLAG_NONE.rawValue), stream.id, HTTP2ErrorCode.noError.rawValue)
  }

  func happened(_ event: HTTP2Event) { events.append(event) }

  /// Fills a DATA frame. Sets the flags that say whether anything follows it.
  func fill(_ stream: HTTP2Stream, _ target: UnsafeMutableRawBufferPointer, _ flags: UnsafeMutablePointer<UInt32>)
    -> Int
  {
    let copied = stream.dequeue(into: target)
    queuedBytes -= copied
    if stream.queuedBytes <= stream.drainMark {
      stream.drainMark = -1
      events.append(.drained(stream))
    }
    if stream.queuedBytes == 0 {
      if stream.trailersSubmitted {
        stream.isDeferred = true
        return Int(NGHTTP2_ERR_DEFERRED.rawValue)
      }
      if stream.localEnded {
        flags.pointee |= NGHTTP2_DATA_FLAG_EOF.rawValue
        if let trailers = stream.trailers {
          flags.pointee |= NGHTTP2_DATA_FLAG_NO_END_STREAM.rawValue
          stream.trailers = nil
          submit(trailers, stream)
        }
      } else if copied == 0 {
        stream.isDeferred = true
        return Int(NGHTTP2_ERR_DEFERRED.rawValue)
      }
    }
    return copied
  }

  /// The stream that nghttp2 means, kept alive by the table.
  func attached(_ id: Int32) -> HTTP2Stream? {
    guard let pointer = nghttp2_session_get_stream_user_data(session, id) else { return nil }
    return Unmanaged<HTTP2Stream>.fromOpaque(pointer).takeUnretainedValue()
  }
}
