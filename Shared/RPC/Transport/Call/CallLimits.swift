/// The bounds of one call, on either side.
public struct CallLimits: Sendable {
  /// Bytes of the longest message that is taken in, after decompression.
  public var maxReceivedMessage = 4 * 1024 * 1024
  /// Bytes of the longest message that is sent, before compression.
  public var maxSentMessage = 4 * 1024 * 1024
  /// Once this many bytes wait to leave on a call, its sender is suspended.
  public var sendHighWater = 64 * 1024
  /// A suspended sender goes on when no more than this is left.
  public var sendLowWater = 16 * 1024

  public init() {}
}
