#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import NIOCore
import NIOPosix
import RPCCore
import RPCTesting
import RPCTransport
import Synchronization
import Testing

/// One attack at a time: each has two cores to itself, as far as there are any.
@Suite(.serialized, .timeLimit(.minutes(1))) struct HostileTests {}

/// A server under attack, with a good client on a connection of its own whose calls must all succeed meanwhile.
struct Besieged: Sendable {
  let server: RPCServer
  let good: RPCClient
  let started: Events<Void>

  /// How much the process may grow by during one attack. Generous, as other tests run in the same process: the attacks
  /// send, or ask for, many times as much.
  static let memoryBound = 400 << 20

  static let group = MultiThreadedEventLoopGroup.singleton

  static let path = "/test.Service/Echo"

  private static let large = BytesMessage(Array(repeating: 7, count: 1 << 20))

  /// Runs an attack while the good client calls, and checks that it was served and that the process hasn't grown.
  static func during(
    limits change: (inout ServerLimits) -> Void = { _ in },
    _ attack: @escaping @Sendable (Besieged) async throws -> Void
  ) async throws {
    let started = Events<Void>()
    var configuration = RPCServerConfiguration(port: 0)
    change(&configuration.limits)
    let server = try await RPCServer.start(configuration, router: router(started), group: group)
    let good = try RPCClient(
      RPCClientConfiguration(target: RPCTarget(host: "127.0.0.1", port: server.port)), group: group)
    let besieged = Besieged(server: server, good: good, started: started)
    try await besieged.callOnce()
    let before = residentBytes()
    let isOver = Mutex(false)
    let calls = Task {
      var count = 0
      while !isOver.withLock({ $0 }) {
        try await besieged.callOnce()
        count += 1
        // Paced, so that the good client doesn't take the machine from the attack.
        try await Task.sleep(for: .milliseconds(2))
      }
      return count
    }
    let outcome: Result<Void, any Error>
    do {
      try await within(.seconds(50), "the attack") { try await attack(besieged) }
      outcome = .success(())
    } catch { outcome = .failure(error) }
    isOver.withLock { $0 = true }
    let served = await calls.result
    try await besieged.callOnce()
    let growth = residentBytes() - before
    good.shutDown()
    await server.shutdown(grace: .zero)
    try outcome.get()
    #expect(throws: Never.self) { try served.get() }
    #expect(growth < memoryBound, "the process grew by \(growth >> 20) MiB")
  }

  /// One call of the good client.
  func callOnce() async throws {
    let message = BytesMessage.filled(100)
    let answer: BytesMessage = try await good.unary(
      MethodDescriptor(service: "test.Service", method: "Echo", kind: .unary), message,
      options: CallOptions(timeout: .seconds(40)))
    guard answer == message else { throw RPCError(.dataLoss, "the good client got another answer") }
  }

  private static func router(_ started: Events<Void>) -> Router {
    Router(services: [
      ClosureService([
        .unary(TestMethod.unary("Echo")) { (request: BytesMessage, _) in request },
        .unary(TestMethod.unary("Large")) { (_: BytesMessage, _) in large },
        .bidirectional(TestMethod.bidirectional) {
          (requests: RPCReader<BytesMessage>, responses: RPCWriter<BytesMessage>, _) in
          started.record(())
          for try await request in requests { try await responses.write(request) }
        },
        // Deaf to cancellation, as a handler that computes is.
        .clientStreaming(TestMethod.clientStreaming) {
          (_: RPCReader<BytesMessage>, _) -> BytesMessage in
          started.record(())
          await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            group.any().scheduleTask(in: .seconds(2)) { continuation.resume() }
          }
          return ""
        },
      ])
    ])
  }

  func connect() async throws -> RawPeer { try await RawPeer.connect(port: server.port) }

  /// Sends bytes on a new connection and expects that the server closes it.
  ///
  /// - Returns: the code of the GOAWAY that came before, if one did.
  @discardableResult
  func expectClosed(after bytes: [UInt8], _ what: String) async throws -> UInt32? {
    let peer = try await connect()
    await peer.write(bytes)
    do { try await peer.waitUntilClosed() } catch {
      Issue.record("the server kept the connection after \(what)")
      await peer.close()
    }
    return peer.goAwayCode
  }

  /// Sends bytes on a new connection, then a call, and expects its answer. A call that is refused, because handlers of
  /// cancelled ones haven't come to their end yet, is made again, as clients do.
  func expectServed(after bytes: [UInt8], stream first: UInt32 = 101, _ what: String) async throws {
    let peer = try await connect()
    await peer.write(bytes)
    var stream = first
    while true {
      await peer.write(
        WireFrame.headers(stream, WireFrame.call(Self.path)) + WireFrame.message(stream, [1, 2, 3]))
      try await peer.waitForBytes { [stream] in
        WireFrame.parse($0).contains {
          $0.stream == stream && ($0.flags & 1 != 0 || $0.kind == WireFrame.Kind.reset.rawValue)
        }
      }
      let refusedStream: UInt32 = 7
      guard peer.resetCode(stream) == refusedStream, stream < first + 2 * Self.maximumRefusals else { break }
      stream += 2
    }
    #expect(peer.hasAnswer(stream, [1, 2, 3]), "the server didn't serve a call after \(what)")
    await peer.close()
  }

  /// So often a call is made again.
  private static let maximumRefusals: UInt32 = 10_000

  private static func residentBytes() -> Int {
    // Source: proc(5): the second number of statm is the resident pages.
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
    let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let fields = text.split(separator: " ")
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(getpagesize()) : 0
  }
}

extension RawPeer {
  /// The frames that have arrived.
  var frames: [(kind: UInt8, flags: UInt8, stream: UInt32, payload: ArraySlice<UInt8>)] {
    WireFrame.parse(received)
  }

  /// The error code of the newest GOAWAY.
  var goAwayCode: UInt32? {
    frames.last { $0.kind == WireFrame.Kind.goAway.rawValue }.map { frame in
      frame.payload.dropFirst(4).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }
  }

  /// The error code of the RST_STREAM of a stream.
  func resetCode(_ stream: UInt32) -> UInt32? {
    frames.first { $0.kind == WireFrame.Kind.reset.rawValue && $0.stream == stream }.map { frame in
      frame.payload.reduce(0) { $0 << 8 | UInt32($1) }
    }
  }

  /// Whether a stream was answered with just this message.
  func hasAnswer(_ stream: UInt32, _ message: [UInt8]) -> Bool {
    let data = frames.filter { $0.kind == WireFrame.Kind.data.rawValue && $0.stream == stream }.flatMap(\.payload)
    return data == [0] + WireFrame.word(UInt32(message.count)) + message
  }
}
