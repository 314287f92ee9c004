import CLibFuzzer
import NIOCore
import RPCCore
import TestProto
import TwinProto

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is decoded: each kind of field, and the messages that strangers send the most.
private let types: [any RPCMessage.Type] =
  TestDescriptors.messageTypes + [
    StreamTelemetryRequest.self, ProtoStruct.self, GRPCHealthCheckRequest.self,
    GRPCReflectionV1ServerReflectionRequest.self, GoogleRPCStatus.self,
  ]

/// The first byte chooses the message type, the rest is the message. It is refused, or what it says survives.
///
/// libFuzzer's own main, which is linked in but not called, expects this name.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  guard size > 0 else { return 0 }
  let bytes = UnsafeBufferPointer(start: data, count: size)
  let type = types[Int(bytes[0]) % types.count]
  do {
    let value = try type.init(serialized: ByteBuffer(bytes: bytes[1...]))
    let encoded = try encode(value)
    let again = try encode(try type.init(serialized: ByteBuffer(bytes: encoded)))
    precondition(encoded == again, "\(type.messageName) loses something")
  } catch is MessageCodingError {
    // Refused.
  } catch {
    preconditionFailure("\(type.messageName) throws \(error)")
  }
  return 0
}

private func encode(_ message: any RPCMessage) throws -> [UInt8] {
  var buffer = ByteBuffer()
  try message.serialize(into: &buffer)
  return Array(buffer.readableBytesView)
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
