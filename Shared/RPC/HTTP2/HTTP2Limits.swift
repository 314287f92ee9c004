/// The bounds within which one HTTP/2 connection works. Each is told to the peer where HTTP/2 has a setting for it.
public struct HTTP2Limits: Sendable {
  /// Streams that the peer may have open at once (SETTINGS_MAX_CONCURRENT_STREAMS).
  public var maxConcurrentStreams = 512
  /// Bytes that a peer may send on one stream before they are read (SETTINGS_INITIAL_WINDOW_SIZE).
  public var streamWindow = 256 * 1024
  /// Bytes that a peer may have in flight on all streams together.
  public var connectionWindow = 4 * 1024 * 1024
  /// Bytes of one header list, counted as RFC 9113 §6.5.2 does: names, values, and 32 for each field.
  public var maxHeaderListSize = 16 * 1024
  /// How many streams the peer may reset in a burst. 3,000 honest cancels in a row happen; floods send far more.
  public var streamResetBurst: UInt64 = 10_000
  /// How many resets per second the burst recovers by.
  public var streamResetsPerSecond: UInt64 = 1_000
  /// Answers to the peer's PING and SETTINGS that may wait to be sent; a peer that doesn't read them is cut off.
  public var maxWaitingAcknowledgements = 1_000
  /// Entries of one SETTINGS frame.
  public var maxSettingsEntries = 32

  public init() {}
}

/// The error codes of HTTP/2. Source: RFC 9113 §7
public struct HTTP2ErrorCode: RawRepresentable, Sendable, Hashable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) { self.rawValue = rawValue }

  public static let noError = HTTP2ErrorCode(rawValue: 0x0)
  public static let protocolError = HTTP2ErrorCode(rawValue: 0x1)
  public static let internalError = HTTP2ErrorCode(rawValue: 0x2)
  public static let flowControlError = HTTP2ErrorCode(rawValue: 0x3)
  public static let settingsTimeout = HTTP2ErrorCode(rawValue: 0x4)
  public static let streamClosed = HTTP2ErrorCode(rawValue: 0x5)
  public static let frameSizeError = HTTP2ErrorCode(rawValue: 0x6)
  public static let refusedStream = HTTP2ErrorCode(rawValue: 0x7)
  public static let cancel = HTTP2ErrorCode(rawValue: 0x8)
  public static let compressionError = HTTP2ErrorCode(rawValue: 0x9)
  public static let connectError = HTTP2ErrorCode(rawValue: 0xA)
  public static let enhanceYourCalm = HTTP2ErrorCode(rawValue: 0xB)
  public static let inadequateSecurity = HTTP2ErrorCode(rawValue: 0xC)
  public static let http11Required = HTTP2ErrorCode(rawValue: 0xD)
}

/// The connection can't go on: the peer broke HTTP/2, or the library gave up.
public struct HTTP2ConnectionError: Error, Sendable, CustomStringConvertible {
  /// What nghttp2 calls it.
  public let reason: String

  public var description: String { reason }
}
