import CLibFuzzer
import NIOCore
import RPCHTTP2

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The first byte chooses the end, how it begins and the size of the reads; the rest is what the peer sends.
///
/// libFuzzer's own main, which is linked in but not called, expects this name.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  guard size > 0 else { return 0 }
  let bytes = UnsafeBufferPointer(start: data, count: size)
  let isServer = bytes[0] & 1 == 0
  var limits = HTTP2Limits()
  limits.maxConcurrentStreams = 8
  limits.maxHeaderListSize = 1_000
  var end = End(HTTP2Connection(role: isServer ? .server : .client, limits: limits))
  // Most inputs start behind the beginning, which no mutation would find.
  if isServer, bytes[0] & 2 == 0 { end.receive(hello[...]) }
  if !isServer { end.call(3) }
  let piece = [1, 7, 64, Int.max][Int(bytes[0] >> 2) & 3]
  var rest = bytes[1...]
  while !rest.isEmpty, !end.isBroken {
    end.receive(rest.prefix(piece))
    rest = rest.dropFirst(piece)
  }
  return 0
}

/// The preface, empty SETTINGS, and the acknowledgement of the server's.
private let hello =
  Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0] + [0, 0, 0, 4, 1, 0, 0, 0, 0]

/// One end that does with what it gets what the layer above would do.
private struct End {
  private let connection: HTTP2Connection
  private(set) var isBroken = false

  init(_ connection: HTTP2Connection) { self.connection = connection }

  /// Opens calls, each with more than fits into a window that was never opened further.
  mutating func call(_ count: Int) {
    for _ in 0..<count {
      var headers = HeaderList()
      headers.add(":method", "POST")
      headers.add(":scheme", "http")
      headers.add(":path", "/a.B/C")
      headers.add(":authority", "localhost")
      guard let stream = try? connection.request(headers) else { return }
      connection.send(stream, ByteBuffer(repeating: 1, count: 70_000))
      connection.end(stream)
    }
    write()
  }

  mutating func receive<Bytes: Collection<UInt8>>(_ bytes: Bytes) {
    do { try connection.receive(ByteBuffer(bytes: bytes)) } catch { isBroken = true }
    handleEvents()
    write()
  }

  private mutating func write() {
    var more = true
    while more {
      var output = ByteBuffer()
      do { more = try connection.write(into: &output) } catch {
        isBroken = true
        more = false
      }
      precondition(!isBroken || output.readableBytes == 0, "a broken connection writes")
      handleEvents()
    }
    precondition(connection.queuedBytes >= 0)
    precondition(connection.queuedBytes == connection.openStreams.reduce(0) { $0 + $1.queuedBytes }, "bytes are lost")
  }

  private mutating func handleEvents() {
    connection.drainEvents { event in
      switch event {
      case .headers(let stream, let block, _):
        block.forEach { token, name, value in
          precondition(token == .other || name.isEmpty)
          precondition(value.count <= connection.limits.maxHeaderListSize)
        }
        guard connection.role == .server else { return }
        answer(stream, id: stream.id)
      case .data(let stream, let bytes):
        precondition(bytes.readableBytes > 0)
        connection.consume(stream, bytes: bytes.readableBytes)
      case .closed(let stream, _):
        precondition(stream.isClosed && stream.queuedBytes == 0)
        precondition(connection.stream(stream.id) == nil)
      case .endStream, .drained, .goAway, .settings, .ping, .pingAcknowledged: break
      }
    }
  }

  /// Every way to answer, by the stream's number.
  private func answer(_ stream: HTTP2Stream, id: Int32) {
    var headers = HeaderList()
    headers.add(":status", "200")
    var trailers = HeaderList()
    trailers.add("grpc-status", "0")
    switch id / 2 % 5 {
    case 0:
      connection.respond(stream, headers)
      connection.send(stream, ByteBuffer(repeating: 2, count: 100_000))
      connection.notifyDrained(stream, mark: 1_000)
      connection.end(stream, trailers: trailers)
    case 1: connection.respondOnly(stream, headers)
    case 2:
      connection.respond(stream, headers)
      connection.send(stream, ByteBuffer(repeating: 2, count: 100_000))
      connection.endNow(stream, trailers: trailers)
    case 3: connection.reset(stream, .cancel)
    default: connection.respond(stream, headers)
    }
  }
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
