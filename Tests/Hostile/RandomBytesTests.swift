import RPCTesting
import RPCTransport
import Testing

/// Thousands of short conversations that no one would hold, from fixed seeds: a failure names its case.
extension HostileTests {
  @Suite struct RandomBytesTests {
    /// SplitMix64. Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014
    private struct Generator: RandomNumberGenerator {
      var state: UInt64

      mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
      }

      mutating func bytes(_ most: Int) -> [UInt8] {
        (0..<Int.random(in: 0...most, using: &self)).map { _ in UInt8.random(in: .min ... .max, using: &self) }
      }
    }

    private static let cases = 1_000

    private static func run(seed: UInt64, _ make: @escaping @Sendable (inout Generator) -> [UInt8]) async throws {
      try await Besieged.during { server in
        var generator = Generator(state: seed)
        for _ in 0..<cases {
          let peer = try await server.connect()
          await peer.write(make(&generator))
          await peer.close()
        }
        while server.server.statistics.snapshot.connectionsOpen > 1 {
          try Task.checkCancellation()
          await Task.yield()
        }
      }
    }

    private static func frame(_ generator: inout Generator) -> [UInt8] {
      let kind = UInt8.random(in: 0...10, using: &generator)
      let flags = UInt8.random(in: .min ... .max, using: &generator)
      let streams: [UInt32] = [0, 1, 1, 1, 2, 3, 5, .max]
      let stream = streams.randomElement(using: &generator) ?? 1
      return WireFrame.frame(kind, flags: flags, stream: stream, generator.bytes(40))
    }

    private static let conversation =
      WireFrame.hello + WireFrame.headers(1, WireFrame.call("/test.Service/Bidirectional", [("grpc-timeout", "1S")]))
      + WireFrame.message(1, [1, 2, 3], endStream: false) + WireFrame.windowUpdate(1, 100)
      + WireFrame.headers(3, WireFrame.call(Besieged.path, [("x-data-bin", "AAEC"), ("grpc-encoding", "gzip")]))
      + WireFrame.message(3, [9]) + WireFrame.message(1, []) + WireFrame.reset(1)

    @Test func bytesWithoutSense() async throws {
      try await Self.run(seed: 1) { $0.bytes(300) }
    }

    @Test func bytesWithoutSenseBehindAGoodBeginning() async throws {
      try await Self.run(seed: 2) { WireFrame.hello + $0.bytes(300) }
    }

    @Test func framesWithoutSense() async throws {
      try await Self.run(seed: 3) { generator in
        var bytes = WireFrame.hello
        for _ in 0..<Int.random(in: 1...12, using: &generator) { bytes += Self.frame(&generator) }
        return bytes
      }
    }

    @Test func framesWithoutSenseAroundACall() async throws {
      try await Self.run(seed: 4) { generator in
        var bytes = WireFrame.hello + WireFrame.headers(1, WireFrame.call("/test.Service/Bidirectional"))
        for _ in 0..<Int.random(in: 1...8, using: &generator) { bytes += Self.frame(&generator) }
        return bytes + WireFrame.message(1, generator.bytes(50))
      }
    }

    @Test func aGoodConversationWithAFewBytesChanged() async throws {
      try await Self.run(seed: 5) { generator in
        var bytes = Self.conversation
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
          let index = Int.random(in: 0..<bytes.count, using: &generator)
          switch Int.random(in: 0...2, using: &generator) {
          case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
          case 1: bytes.remove(at: index)
          default: bytes.insert(UInt8.random(in: .min ... .max, using: &generator), at: index)
          }
        }
        return bytes
      }
    }
  }
}
