// Copied from proto/generator/Support/FieldEncoding.swift by proto/generate.sh.

internal import CProtobufC
internal import ProtobufCodec

extension Scratch {
  /// A tag and a length, or a tag and half a number, take at most this many bytes.
  static var headBytes: Int { 10 }

  /// Memory for `count` values, not initialised.
  @inline(__always)
  func allocate<Value>(_: Value.Type, count: Int = 1) throws(EncodingFault) -> UnsafeMutablePointer<Value> {
    let bytes = (MemoryLayout<Value>.stride &* count &+ 7) & ~7
    let start = state.pointee.cursor
    if bytes <= start.distance(to: state.pointee.end) {
      state.pointee.cursor = start + bytes
      return start.assumingMemoryBound(to: Value.self)
    }
    guard let memory = allocateBlock(for: bytes) else { throw EncodingFault.tooLarge }
    return memory.assumingMemoryBound(to: Value.self)
  }

  /// Counts bytes that the encoding may take.
  @inline(__always)
  func expect(_ bytes: Int) { state.pointee.expectedBytes &+= bytes }

  @inline(__always)
  func string(_ text: String) throws(EncodingFault) -> ProtobufCBinaryData {
    let count = text.utf8.count
    guard count > 0 else { return ProtobufCBinaryData() }
    expect(count)
    let copy = try allocate(UInt8.self, count: count)
    let copied: Void? = text.utf8.withContiguousStorageIfAvailable { utf8 in
      guard let start = utf8.baseAddress else { return }
      copy.initialize(from: start, count: count)
    }
    if copied == nil {
      // A string that isn't native, which only Foundation on other systems makes.
      _ = UnsafeMutableBufferPointer(start: copy, count: count).initialize(from: text.utf8)
    }
    return ProtobufCBinaryData(len: count, data: copy)
  }

  @inline(__always)
  func bytes(_ bytes: [UInt8]) throws(EncodingFault) -> ProtobufCBinaryData {
    guard !bytes.isEmpty else { return ProtobufCBinaryData() }
    return ProtobufCBinaryData(len: bytes.count, data: try array(bytes))
  }

  /// The elements of a repeated field whose C and Swift types are the same.
  @inline(__always)
  func array<Element>(_ array: [Element]) throws(EncodingFault) -> UnsafeMutablePointer<Element>? {
    guard !array.isEmpty else { return nil }
    // A number takes at most 10 bytes, with a tag of its own when it isn't packed.
    expect(MemoryLayout<Element>.size == 1 ? array.count : array.count &* 2 &* Self.headBytes)
    let copy = try allocate(Element.self, count: array.count)
    _ = UnsafeMutableBufferPointer(start: copy, count: array.count).initialize(from: array)
    return copy
  }

  @inline(__always)
  func array<Element, CElement>(
    _ array: [Element], _ convert: (Element) throws(EncodingFault) -> CElement
  ) throws(EncodingFault) -> UnsafeMutablePointer<CElement>? {
    guard !array.isEmpty else { return nil }
    expect(array.count &* 2 &* Self.headBytes)
    let copy = try allocate(CElement.self, count: array.count)
    for index in array.indices { (copy + index).initialize(to: try convert(array[index])) }
    return copy
  }

  @inline(__always)
  func message<Message: CMessage>(
    _ message: Message
  ) throws(EncodingFault) -> UnsafeMutablePointer<Message.CStruct> {
    let c = try allocate(Message.CStruct.self)
    try descend()
    try message.build(c, in: self)
    ascend()
    return c
  }

  @inline(__always)
  func messages<Message: CMessage>(
    _ messages: [Message]
  ) throws(EncodingFault) -> UnsafeMutablePointer<UnsafeMutablePointer<Message.CStruct>?>? {
    let count = messages.count
    guard count > 0 else { return nil }
    expect(count &* Self.headBytes)
    let structures = try allocate(Message.CStruct.self, count: count)
    let pointers = try allocate(UnsafeMutablePointer<Message.CStruct>?.self, count: count)
    try descend()
    for index in 0..<count {
      (pointers + index).initialize(to: structures + index)
      try messages[index].build(structures + index, in: self)
    }
    ascend()
    return pointers
  }

  /// The entries of a map, sorted by key, so that one value has one encoding.
  @inline(__always)
  func map<Key, Value, CEntry>(
    _ entries: [(key: Key, value: Value)],
    _ convert: (Key, Value, UnsafeMutablePointer<CEntry>) throws(EncodingFault) -> Void
  ) throws(EncodingFault) -> UnsafeMutablePointer<UnsafeMutablePointer<CEntry>?>? {
    let count = entries.count
    guard count > 0 else { return nil }
    // The entry, its key and its value have a head each, and a number is at most as long as one.
    expect(count &* 5 &* Self.headBytes)
    let structures = try allocate(CEntry.self, count: count)
    let pointers = try allocate(UnsafeMutablePointer<CEntry>?.self, count: count)
    try descend()
    for (index, entry) in entries.enumerated() {
      (pointers + index).initialize(to: structures + index)
      try convert(entry.key, entry.value, structures + index)
    }
    ascend()
    return pointers
  }

  /// Enters a message inside the current one.
  @inline(__always)
  private func descend() throws(EncodingFault) {
    guard state.pointee.depth < CodecLimits.maximumDepth else { throw EncodingFault.tooDeep }
    state.pointee.depth &+= 1
  }

  @inline(__always)
  private func ascend() { state.pointee.depth &-= 1 }
}
