import NIOCore
import RPCCore
import RPCErrors
import RPCTransport
import TwinProto

/// What the checks call, beside `grpc.testing.TestService`: the same service exists in Python (`peer/service.py`).
/// Requests and responses are plain bytes.
struct PeerService: RPCService {
  static let name = "interop.Peer"
  /// Tells servers apart when one replaces another.
  let label: String
  let events: EventLog
  let group: any EventLoopGroup

  static func method(_ name: String, _ kind: MethodKind, isIdempotent: Bool = false) -> MethodDescriptor {
    MethodDescriptor(service: Self.name, method: name, kind: kind, isIdempotent: isIdempotent)
  }

  var methods: [RPCMethod] { echoes + endings + waits + floods }

  // MARK: Echoes

  private var echoes: [RPCMethod] {
    [
      .unary(Self.method("Echo", .unary)) { (request: Bytes, call: ServerCall) in
        Self.echoMetadata(call)
        return request
      },
      .unary(Self.method("Label", .unary)) { (_: Bytes, _: ServerCall) in Bytes(self.label) },
      // The number of requests and of their bytes.
      .clientStreaming(Self.method("Sum", .clientStreaming)) { (requests: RPCReader<Bytes>, call: ServerCall) in
        Self.echoMetadata(call)
        var (count, bytes) = (0, 0)
        for try await request in requests {
          count += 1
          bytes += request.bytes.count
        }
        return Bytes("\(count) \(bytes)")
      },
      // "COUNT SIZE": so many responses of that size.
      .serverStreaming(Self.method("Repeat", .serverStreaming)) {
        (request: Bytes, responses: RPCWriter<Bytes>, call: ServerCall) in
        Self.echoMetadata(call)
        let numbers = try Self.numbers(request, 2)
        for index in 0..<numbers[0] { try await responses.write(.pattern(numbers[1], seed: index)) }
      },
      .bidirectional(Self.method("Chat", .bidirectional)) {
        (requests: RPCReader<Bytes>, responses: RPCWriter<Bytes>, call: ServerCall) in
        Self.echoMetadata(call)
        for try await request in requests { try await responses.write(request) }
      },
      // Answers compressed, and says whether the request came so.
      .unary(Self.method("Compressed", .unary)) { (_: Bytes, call: ServerCall) in
        call.responseEncoding = .gzip
        return Bytes("\(call.lastRequestWasCompressed) " + String(repeating: "x", count: 10_000))
      },
    ]
  }

  /// Sends every pair back whose key begins so: with the initial metadata or with the trailers.
  static func echoMetadata(_ call: ServerCall) {
    for entry in call.metadata.entries {
      let isInitial = entry.key.hasPrefix("echo-initial")
      guard isInitial || entry.key.hasPrefix("echo-trailing") else { continue }
      var target = isInitial ? call.initialMetadata : call.trailers
      switch entry.value {
      case .text(let text): target.add(entry.key, text)
      case .binary(let bytes): target.add(entry.key, bytes: bytes)
      }
      if isInitial { call.initialMetadata = target } else { call.trailers = target }
    }
  }

  static func numbers(_ request: Bytes, _ count: Int) throws -> [Int] {
    let numbers = request.text.split(separator: " ").compactMap { Int($0) }
    guard numbers.count == count else {
      throw RPCError(.invalidArgument, "\(count) numbers wanted, got '\(request.text)'")
    }
    return numbers
  }

  // MARK: Endings

  private var endings: [RPCMethod] {
    [
      // "CODE MESSAGE"
      .unary(Self.method("Fail", .unary)) { (request: Bytes, call: ServerCall) -> Bytes in
        Self.echoMetadata(call)
        throw Self.error(request)
      },
      // As Fail, behind two responses.
      .serverStreaming(Self.method("FailLate", .serverStreaming)) {
        (request: Bytes, responses: RPCWriter<Bytes>, call: ServerCall) in
        Self.echoMetadata(call)
        for index in 0..<2 { try await responses.write(.pattern(100, seed: index)) }
        throw Self.error(request)
      },
      // Ends with OK or, with "CODE MESSAGE", so, when the first request has come; doesn't read the others.
      .clientStreaming(Self.method("FirstOnly", .clientStreaming)) { (requests: RPCReader<Bytes>, _: ServerCall) in
        var iterator = requests.makeAsyncIterator()
        let first = try await iterator.next() ?? Bytes("")
        guard first.text.hasPrefix("0") else { throw Self.error(first) }
        return Bytes("first")
      },
      .unary(Self.method("Rich", .unary)) { (_: Bytes, _: ServerCall) -> Bytes in
        throw ServiceFault(
          .invalidArgument, .invalidArgument, "mass_kg: must be positive", facts: ["twin": "twin-001"],
          violations: [ServiceFault.FieldViolation("mass_kg", "must be positive")], retryAfter: .milliseconds(2_500))
      },
    ]
  }

  static func error(_ request: Bytes) -> RPCError {
    let parts = request.text.split(separator: " ", maxSplits: 1)
    let code = parts.first.flatMap { Int($0) }.flatMap(StatusCode.init(rawValue:)) ?? .unknown
    return RPCError(code, parts.count > 1 ? String(parts[1]) : "")
  }

  // MARK: Waits

  private var waits: [RPCMethod] {
    [
      // Records "begun KEY", waits for the end of the call from outside, records "cancelled KEY".
      .unary(Self.method("Hang", .unary)) { (request: Bytes, _: ServerCall) -> Bytes in
        try await self.hang(request.text)
        return request
      },
      // The same, with a stream that stays open: "begun" is the first response.
      .bidirectional(Self.method("HangOpen", .bidirectional)) {
        (requests: RPCReader<Bytes>, responses: RPCWriter<Bytes>, _: ServerCall) in
        var iterator = requests.makeAsyncIterator()
        guard let key = try await iterator.next()?.text else { return }
        try await responses.write(Bytes("begun"))
        try await self.hang(key)
      },
      // Waits until the event has happened.
      .unary(Self.method("Await", .unary)) { (request: Bytes, _: ServerCall) in
        try await self.events.wait(for: request.text)
        return Bytes("\(self.events.count(request.text))")
      },
      .unary(Self.method("Record", .unary)) { (request: Bytes, _: ServerCall) in
        self.events.record(request.text)
        return request
      },
      // Milliseconds that are left of the call's time.
      .unary(Self.method("TimeLeft", .unary)) { (_: Bytes, call: ServerCall) in
        Bytes(Self.milliseconds(call.deadline))
      },
      // "PORT": asks the server there for its TimeLeft, with no timeout of its own. Answers "LEFT-HERE LEFT-THERE".
      .unary(Self.method("Forward", .unary)) { (request: Bytes, call: ServerCall) in
        let client = try RPCClient(
          RPCClientConfiguration(target: RPCTarget(host: "127.0.0.1", port: try Self.numbers(request, 1)[0])),
          group: self.group)
        defer { client.shutDown() }
        let here = Self.milliseconds(call.deadline)
        let there = try await client.unary(Self.method("TimeLeft", .unary), Bytes(""), response: Bytes.self)
        return Bytes("\(here) \(there.text)")
      },
    ]
  }

  private func hang(_ key: String) async throws {
    events.record("begun \(key)")
    do {
      try await events.wait(for: "never")
    } catch {
      events.record("cancelled \(key)")
      throw error
    }
  }

  private static func milliseconds(_ deadline: Deadline?) -> String {
    guard let deadline else { return "none" }
    return "\(Int(deadline.remaining / .milliseconds(1)))"
  }

  // MARK: Floods

  private var floods: [RPCMethod] {
    [
      // "COUNT SIZE": as Repeat, and records "flooded" for every response that was accepted.
      .serverStreaming(Self.method("Flood", .serverStreaming)) {
        (request: Bytes, responses: RPCWriter<Bytes>, _: ServerCall) in
        let numbers = try Self.numbers(request, 2)
        for index in 0..<numbers[0] {
          try await responses.write(.pattern(numbers[1], seed: index))
          self.events.record("flooded")
        }
      },
      // How often the event has happened up to now.
      .unary(Self.method("Count", .unary)) { (request: Bytes, _: ServerCall) in
        Bytes("\(self.events.count(request.text))")
      },
      // Reads nothing before "gate" has happened.
      .clientStreaming(Self.method("GatedSum", .clientStreaming)) { (requests: RPCReader<Bytes>, _: ServerCall) in
        self.events.record("begun gate")
        try await self.events.wait(for: "gate")
        var (count, bytes) = (0, 0)
        for try await request in requests {
          count += 1
          bytes += request.bytes.count
        }
        return Bytes("\(count) \(bytes)")
      },
    ]
  }
}
