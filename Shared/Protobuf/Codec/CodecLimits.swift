/// What the codec accepts. Each bound holds for decoding and for encoding.
public enum CodecLimits {
  /// Messages inside messages, the outermost counting as 1. Protobuf's other implementations stop at 100 too.
  /// An entry of a map is a message, too.
  public static let maximumDepth = 100

  /// The longest encoding in bytes: protobuf's own bound, as lengths are 31 bits.
  public static let maximumMessageBytes = Int(Int32.max)

  /// Memory for the C structures of a message, whatever its length. Two bytes on the wire can be an empty message of
  /// some hundred bytes in memory, so this is much more than small messages need.
  public static let scratchFloorBytes = 1 << 20

  /// Memory for the C structures per byte on the wire, beyond the floor. Field by field, libprotobuf-c takes up to 64
  /// bytes to note where a field is, besides the field itself.
  public static let scratchBytesPerMessageByte = 128

  /// Memory for the C structures of one message, at most.
  public static let scratchMaximumBytes = 256 << 20

  /// Memory that a thread keeps from one message to the next.
  public static let retainedScratchBytes = 1 << 20
}
