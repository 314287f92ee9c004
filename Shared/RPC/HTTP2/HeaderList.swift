internal import CNghttp2

/// A header list to send. All fields lie in one array.
public struct HeaderList: Sendable {
  // A field is the lengths of its name (2 bytes) and value (4), whether it may be indexed (1), the name, the value.
  private static let fieldPrefix = 7
  private var storage: [UInt8] = []
  private var count = 0

  /// What the list weighs to its reader. Source: RFC 9113 §6.5.2
  public var listSize: Int { storage.count + count * (32 - Self.fieldPrefix) }

  public init(capacity: Int = 128) { storage.reserveCapacity(capacity) }

  /// Adds a field.
  ///
  /// - Parameters:
  ///   - name: lower case, at most 65,535 bytes.
  ///   - isIndexed: false for a value that seldom comes twice, so that it doesn't push others out of HPACK's table.
  public mutating func add(_ name: String, _ value: String, isIndexed: Bool = true) {
    var name = name
    var value = value
    name.withUTF8 { name in value.withUTF8 { value in append(name, value, isIndexed) } }
  }

  /// Adds a field whose value is ASCII bytes.
  public mutating func add(_ name: StaticString, bytes value: [UInt8], isIndexed: Bool = true) {
    name.withUTF8Buffer { name in value.withUnsafeBufferPointer { append(name, $0, isIndexed) } }
  }

  /// Adds a field whose name is known when this is compiled.
  public mutating func add(_ name: StaticString, text value: String, isIndexed: Bool = true) {
    var value = value
    name.withUTF8Buffer { name in value.withUTF8 { append(name, $0, isIndexed) } }
  }

  private mutating func append(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>, _ isIndexed: Bool
  ) {
    precondition(name.count <= Int(UInt16.max), "a header name of \(name.count) bytes")
    storage.append(UInt8(truncatingIfNeeded: name.count >> 8))
    storage.append(UInt8(truncatingIfNeeded: name.count))
    storage.append(UInt8(truncatingIfNeeded: value.count >> 24))
    storage.append(UInt8(truncatingIfNeeded: value.count >> 16))
    storage.append(UInt8(truncatingIfNeeded: value.count >> 8))
    storage.append(UInt8(truncatingIfNeeded: value.count))
    storage.append(isIndexed ? 0 : 1)
    storage.append(contentsOf: name)
    storage.append(contentsOf: value)
    count += 1
  }

  /// Lends the fields in nghttp2's form, for the time of `body` only; nghttp2 copies what it keeps.
  func withFields<Result>(_ body: (UnsafePointer<nghttp2_nv>?, Int) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: nghttp2_nv.self, capacity: max(count, 1)) { fields in
      storage.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return body(nil, 0) }
        let start = UnsafeMutablePointer(mutating: base)
        var index = 0
        for field in 0..<count {
          let nameLength = Int(bytes[index]) << 8 | Int(bytes[index + 1])
          let valueLength =
            Int(bytes[index + 2]) << 24 | Int(bytes[index + 3]) << 16 | Int(bytes[index + 4]) << 8
            | Int(bytes[index + 5])
          let flags = bytes[index + 6] == 0 ? NGHTTP2_NV_FLAG_NONE : NGHTTP2_NV_FLAG_NO_INDEX
          let name = index + Self.fieldPrefix
          fields.initializeElement(
            at: field,
            to: nghttp2_nv(
              name: start + name, value: start + name + nameLength, namelen: nameLength, valuelen: valueLength,
              flags: UInt8(flags.rawValue)))
          index = name + nameLength + valueLength
        }
        return body(UnsafePointer(fields.baseAddress), count)
      }
    }
  }
}
