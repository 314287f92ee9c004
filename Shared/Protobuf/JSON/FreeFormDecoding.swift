/// Struct, Value and ListValue: JSON of any shape. Field numbers are those of google/protobuf/struct.proto.
extension MessageDecoder {
  /// A Struct as an object, ordered by key.
  mutating func structure(_ range: Range<Int>, depth: Int) throws(ProtoJSONError) {
    var entries: [(key: [UInt8], values: Range<Int>)] = []
    try eachPart(range) { (decoder, number, part) throws(ProtoJSONError) in
      guard number == 1, let entry = part.range else { return }
      var key = 0..<0
      var value = 0..<0
      try decoder.eachPart(entry) { (_, number, part) throws(ProtoJSONError) in
        guard let range = part.range else { return }
        if number == 1 { key = range }
        if number == 2 { value = range }
      }
      try decoder.checkText(key)
      entries.append((Array(decoder.bytes[key]), value))
    }
    out.byte("{")
    var isFirst = true
    for (key, value) in Self.lastOfEach(entries) {
      out.separator(&isFirst)
      out.string(key)
      out.byte(":")
      try at(.key(String(decoding: key, as: UTF8.self))) { (decoder) throws(ProtoJSONError) in
        try decoder.checkDepth(depth + 2)
        try decoder.freeValue(value, depth: depth + 2)
      }
    }
    out.byte("}")
  }

  /// A Value as what it holds; one that holds nothing as null.
  mutating func freeValue(_ range: Range<Int>, depth: Int) throws(ProtoJSONError) {
    var last: (number: UInt32, part: WirePart)?
    try eachPart(range) { (_, number, part) throws(ProtoJSONError) in
      if (1...6).contains(number) { last = (number, part) }
    }
    guard let (number, part) = last else { return out.raw("null") }
    switch (number, part.type) {
    case (2, .fixed64): out.double(Double(bitPattern: part.number))
    case (3, .lengthDelimited): try text(part.range ?? 0..<0)
    case (4, .varint): out.bool(part.number != 0)
    case (5, .lengthDelimited):
      try checkDepth(depth + 1)
      try structure(part.range ?? 0..<0, depth: depth + 1)
    case (6, .lengthDelimited):
      try checkDepth(depth + 1)
      try freeList(part.range ?? 0..<0, depth: depth + 1)
    default: out.raw("null")
    }
  }

  /// A ListValue as an array.
  mutating func freeList(_ range: Range<Int>, depth: Int) throws(ProtoJSONError) {
    out.byte("[")
    var isFirst = true
    var position = 0
    try eachPart(range) { (decoder, number, part) throws(ProtoJSONError) in
      guard number == 1, let value = part.range else { return }
      decoder.out.separator(&isFirst)
      try decoder.at(.index(position)) { (inner) throws(ProtoJSONError) in
        try inner.checkDepth(depth + 1)
        try inner.freeValue(value, depth: depth + 1)
      }
      position += 1
    }
    out.byte("]")
  }

  private func checkDepth(_ depth: Int) throws(ProtoJSONError) {
    guard depth <= ProtoJSONLimits.maximumMessageDepth else {
      throw malformed("nested deeper than \(ProtoJSONLimits.maximumMessageDepth) messages")
    }
  }

  private mutating func eachPart(
    _ range: Range<Int>, _ body: (inout Self, UInt32, WirePart) throws(ProtoJSONError) -> Void
  ) throws(ProtoJSONError) {
    var reader = WireReader(range)
    while let (number, part) = try reader.next(in: bytes) { try body(&self, number, part) }
  }
}
