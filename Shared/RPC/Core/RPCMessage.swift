public import NIOCore

/// A message of a call: a value that has a protobuf encoding.
///
/// The generated types conform. The runtime itself never looks inside a message.
public protocol RPCMessage: Sendable {
  /// The full protobuf name, such as `twin.engine.v1.Twin`.
  static var messageName: String { get }

  /// Decodes the readable bytes of `buffer`, all of them.
  ///
  /// - Throws: `MessageCodingError` for bytes that are not a valid encoding, or that exceed a bound of the codec.
  init(serialized buffer: ByteBuffer) throws

  /// Appends the encoding to `buffer`.
  ///
  /// - Throws: `MessageCodingError` when the value can't be encoded within the codec's bounds.
  func serialize(into buffer: inout ByteBuffer) throws
}

/// A message could not be decoded or encoded.
public struct MessageCodingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The full protobuf name of the message.
  public var messageName: String
  /// What is wrong, for people; names the field where it is known.
  public var reason: String

  public init(messageName: String, reason: String) {
    self.messageName = messageName
    self.reason = reason
  }

  public var description: String { "\(messageName): \(reason)" }
}
