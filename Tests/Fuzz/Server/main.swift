import CLibFuzzer
import NIOCore
import NIOEmbedded
import RPCCore

@testable import RPCTransport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The whole of a server behind its socket. The first byte chooses the size of the reads; the rest is what a client sends
/// behind its preface and settings.
///
/// libFuzzer's own main, which is linked in but not called, expects this name.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  guard size > 0 else { return 0 }
  let bytes = UnsafeBufferPointer(start: data, count: size)
  let loop = EmbeddedEventLoop()
  let statistics = ServerStatistics()
  var isClosed = false
  do {
    let connection = ServerConnection(
      loop: loop, router: router, limits: limits, wheel: DeadlineWheel(loop: loop), statistics: statistics
    ) { _ in }
    let channel = EmbeddedChannel(handler: connection, loop: loop)
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    let piece = [1, 7, 64, Int.max][Int(bytes[0]) & 3]
    var rest = (hello + bytes[1...])[...]
    while !rest.isEmpty, channel.isActive {
      try channel.writeInbound(ByteBuffer(bytes: rest.prefix(piece)))
      rest = rest.dropFirst(piece)
      var written = 0
      while let output = try channel.readOutbound(as: ByteBuffer.self) { written += output.readableBytes }
      precondition(written <= 64 << 20, "\(written) bytes of answers to \(piece) bytes")
    }
    // Deadlines pass, silences are noticed.
    loop.advanceTime(by: .seconds(2))
    isClosed = !channel.isActive
    _ = try channel.finish(acceptAlreadyClosed: true)
  } catch {
    // What the channel throws is what its peer did.
  }
  let counts = statistics.snapshot
  precondition(counts.callsStarted == counts.callsEnded, "calls are left over, closed: \(isClosed)")
  return 0
}

private let hello =
  Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0] + [0, 0, 0, 4, 1, 0, 0, 0, 0]

private let limits = {
  var limits = ServerLimits()
  limits.call.maxReceivedMessage = 10_000
  limits.call.maxSentMessage = 10_000
  limits.maxUnreadBytesPerConnection = 20_000
  limits.maxUnsentBytesPerConnection = 100_000
  return limits
}()

private struct Bytes: RPCMessage {
  static let messageName = "fuzz.Bytes"
  var bytes: ByteBuffer

  init(serialized buffer: ByteBuffer) throws {
    if buffer.readableBytes == 13 { throw MessageCodingError(messageName: Self.messageName, reason: "13 bytes") }
    bytes = buffer
  }

  func serialize(into buffer: inout ByteBuffer) { buffer.writeImmutableBuffer(bytes) }
}

private struct Service: RPCService {
  // Unary ones only: their handlers end inline, so that a run depends on nothing but its input.
  var methods: [RPCMethod] {
    [
      .unary(MethodDescriptor(service: "f", method: "e", kind: .unary)) { (request: Bytes, call) in
        call.initialMetadata = call.metadata
        call.trailers = call.metadata
        call.responseEncoding = .gzip
        return request
      },
      .unary(MethodDescriptor(service: "f", method: "x", kind: .unary)) { (request: Bytes, _) -> Bytes in
        throw RPCError(.aborted, String(buffer: request.bytes), statusDetails: Array(request.bytes.readableBytesView))
      },
    ]
  }
}

private let router = Router(services: [Service()])

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
