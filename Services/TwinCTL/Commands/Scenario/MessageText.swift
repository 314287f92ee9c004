import NIOCore
import ProtoJSON
import RPCCore
import TwinProto

/// Messages as JSON, in the form of the public contract.
enum MessageText {
  static func json<Message: RPCMessage>(_ message: Message) throws -> String {
    var buffer = ByteBuffer()
    try message.serialize(into: &buffer)
    let schema = try ProtoJSONSchema(fileDescriptorSet: TwinDescriptors.fileDescriptorSet)
    let transcoder = try schema.transcoder(for: Message.messageName)
    return String(decoding: try transcoder.decode(protobuf: Array(buffer.readableBytesView)), as: UTF8.self)
  }
}
