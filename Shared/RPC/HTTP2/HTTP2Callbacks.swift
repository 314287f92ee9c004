internal import CNghttp2

/// The border to nghttp2: C functions that can't capture, so each finds its connection through the session's user data.
extension HTTP2Connection {
  static func makeSession(role: Role, limits: HTTP2Limits) -> OpaquePointer {
    var option: OpaquePointer?
    precondition(nghttp2_option_new(&option) == 0, "out of memory")
    defer { nghttp2_option_del(option) }
    nghttp2_option_set_no_auto_window_update(option, 1)
    nghttp2_option_set_no_closed_streams(option, 1)
    nghttp2_option_set_stream_reset_rate_limit(option, limits.streamResetBurst, limits.streamResetsPerSecond)
    nghttp2_option_set_max_outbound_ack(option, limits.maxWaitingAcknowledgements)
    nghttp2_option_set_max_settings(option, limits.maxSettingsEntries)
    // What a header list may weigh is enforced while it is read; the peer's own limit is checked before it is sent.
    nghttp2_option_set_max_send_header_block_length(option, packedHeaderList)

    var callbacks: OpaquePointer?
    precondition(nghttp2_session_callbacks_new(&callbacks) == 0, "out of memory")
    defer { nghttp2_session_callbacks_del(callbacks) }
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, onBeginHeaders)
    nghttp2_session_callbacks_set_on_header_callback(callbacks, onHeader)
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, onData)
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, onFrame)
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, onClose)
    nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, onSent)

    var session: OpaquePointer?
    let result =
      switch role {
      case .server: nghttp2_session_server_new2(&session, callbacks, nil, option)
      case .client: nghttp2_session_client_new2(&session, callbacks, nil, option)
      }
    guard result == 0, let session else { preconditionFailure("out of memory") }
    return session
  }

  static var dataProvider: nghttp2_data_provider {
    nghttp2_data_provider(source: nghttp2_data_source(), read_callback: onRead)
  }
}

private func connection(_ userData: UnsafeMutableRawPointer?) -> HTTP2Connection {
  Unmanaged<HTTP2Connection>.fromOpaque(userData!).takeUnretainedValue()
}

private let onBeginHeaders: nghttp2_on_begin_headers_callback = { _, frame, userData in
  let headers = frame!.pointee.headers
  connection(userData).began(headers.hd.stream_id, isRequest: headers.cat == NGHTTP2_HCAT_REQUEST)
  return 0
}

private let onHeader: nghttp2_on_header_callback = { _, frame, name, nameLength, value, valueLength, _, userData in
  let isWanted = connection(userData).field(
    frame!.pointee.hd.stream_id, name: UnsafeBufferPointer(start: name, count: nameLength),
    value: UnsafeBufferPointer(start: value, count: valueLength))
  // The rest of the block is still unpacked, as the table of the whole connection hangs on it, but not looked at.
  return isWanted ? 0 : NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue
}

private let onData: nghttp2_on_data_chunk_recv_callback = { _, _, id, data, length, userData in
  let connection = connection(userData)
  if let stream = connection.attached(id), let data { connection.data(stream, data, length) }
  return 0
}

private let onFrame: nghttp2_on_frame_recv_callback = { _, frame, userData in
  let connection = connection(userData)
  let header = frame!.pointee.hd
  let isLast = header.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0
  switch Int(header.type) {
  case Int(NGHTTP2_HEADERS.rawValue):
    if let stream = connection.attached(header.stream_id) { connection.headersEnded(stream, endStream: isLast) }
  case Int(NGHTTP2_DATA.rawValue):
    if isLast, let stream = connection.attached(header.stream_id) { connection.remoteEnded(stream) }
  case Int(NGHTTP2_SETTINGS.rawValue):
    if header.flags & UInt8(NGHTTP2_FLAG_ACK.rawValue) == 0 { connection.happened(.settings) }
  case Int(NGHTTP2_PING.rawValue):
    let isAnswer = header.flags & UInt8(NGHTTP2_FLAG_ACK.rawValue) != 0
    let data = withUnsafeBytes(of: frame!.pointee.ping.opaque_data) { $0.loadUnaligned(as: UInt64.self) }
    connection.happened(isAnswer ? .pingAcknowledged(UInt64(bigEndian: data)) : .ping)
  case Int(NGHTTP2_GOAWAY.rawValue):
    let goAway = frame!.pointee.goaway
    let text = UnsafeBufferPointer(start: goAway.opaque_data, count: goAway.opaque_data_len)
    connection.happened(
      .goAway(
        lastStreamID: goAway.last_stream_id, HTTP2ErrorCode(rawValue: goAway.error_code),
        reason: String(decoding: text, as: UTF8.self)))
  default: break
  }
  return 0
}

private let onSent: nghttp2_on_frame_send_callback = { _, frame, userData in
  let header = frame!.pointee.hd
  guard header.type == UInt8(NGHTTP2_HEADERS.rawValue) || header.type == UInt8(NGHTTP2_DATA.rawValue) else { return 0 }
  let connection = connection(userData)
  connection.hasSentCalls = true
  if header.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0 {
    if let stream = connection.attached(header.stream_id) { connection.endWasSent(stream) }
  }
  return 0
}

private let onClose: nghttp2_on_stream_close_callback = { _, id, code, userData in
  let connection = connection(userData)
  if let stream = connection.attached(id) { connection.closed(stream, code) }
  return 0
}

private let onRead: nghttp2_data_source_read_callback = { _, id, target, length, flags, _, userData in
  let connection = connection(userData)
  guard let stream = connection.attached(id), let flags else { return Int(NGHTTP2_ERR_DEFERRED.rawValue) }
  return connection.fill(stream, UnsafeMutableRawBufferPointer(start: target, count: length), flags)
}
