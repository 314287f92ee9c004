import ProtoJSON
import Testing

/// Whatever comes in, the answer is a result or an error. Seeds are fixed.
@Suite struct HostileTests {
  @Test func brokenMessages() throws {
    let shapes = try ProtoJSONTranscoder.shape("Shapes")
    var random = Random(seed: 1)
    var read = 0
    for _ in 0..<4000 {
      var wire = GoldenTests.wire
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: wire.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: wire[place] = UInt8.random(in: 0...255, using: &random)
        case 1: wire[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: wire.removeLast(wire.count - max(place, 1))
        default: wire.insert(contentsOf: wire[place...].prefix(20), at: place)
        }
      }
      guard let json = try? shapes.decode(protobuf: wire) else { continue }
      read += 1
      // What can be written is JSON: it can be read again, but for numbers that have no word, NaN, and a key that holds
      // U+0000.
      let again = Result { () throws(ProtoJSONError) in try shapes.encode(json: json) }
      if case .failure(let error) = again { #expect(error.reason == .invalidFields) }
    }
    // Both ways are taken, or the test would say nothing.
    #expect((200..<3800).contains(read))
  }

  @Test func brokenDocuments() throws {
    let shapes = try ProtoJSONTranscoder.shape("Shapes")
    let tokens = [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "null", "1e9", "-", "0", "\u{FFFF}", "true", " ",
    ]
    var random = Random(seed: 2)
    var read = 0
    for _ in 0..<4000 {
      var text = Array(GoldenTests.json.utf8)
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let place = Int.random(in: text.indices, using: &random)
        let token = Array(tokens[Int.random(in: tokens.indices, using: &random)].utf8)
        text.replaceSubrange(place..<min(text.count, place + Int.random(in: 0...2, using: &random)), with: token)
      }
      guard let wire = try? shapes.encode(json: text) else { continue }
      read += 1
      // What was read comes back as the same bytes.
      let again = try shapes.encode(json: shapes.decode(protobuf: wire))
      #expect(try shapes.decode(protobuf: again) == shapes.decode(protobuf: wire))
    }
    #expect((20..<3800).contains(read))
  }

  @Test func brokenDescriptors() throws {
    let schema = try shapes()
    #expect(schema.messageNames.isEmpty == false)
    var random = Random(seed: 3)
    let good = try descriptors()
    var refused = 0
    for _ in 0..<500 {
      var bytes = good
      bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      guard let schema = try? ProtoJSONSchema(fileDescriptorSet: bytes) else {
        refused += 1
        continue
      }
      // Whatever was understood can be used.
      for name in schema.messageNames {
        let transcoder = try schema.transcoder(for: name)
        _ = try? transcoder.decode(protobuf: GoldenTests.wire)
        _ = try? transcoder.encode(json: Array(GoldenTests.json.utf8))
      }
    }
    #expect((1..<500).contains(refused))
  }
}
