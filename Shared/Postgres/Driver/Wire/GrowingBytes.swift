#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Bytes in network order, appended without an allocation or a bounds check per byte.
///
/// `storage` is filled up to its capacity with zeros and `count` marks the part in use, so that a fixed-width value is
/// one capacity test and one store.
struct GrowingBytes: Sendable {
  private var storage: [UInt8]
  private(set) var count = 0

  private static let initialCapacity = 256

  init(capacity: Int = initialCapacity) { storage = [UInt8](repeating: 0, count: max(1, capacity)) }

  mutating func removeAll() { count = 0 }

  mutating func truncate(to length: Int) {
    precondition(length >= 0 && length <= count, "truncation beyond the end")
    count = length
  }

  @inline(__always)
  private mutating func reserve(_ extra: Int) {
    if count + extra > storage.count { grow(extra) }
  }

  @inline(never)
  private mutating func grow(_ extra: Int) {
    let target = max(storage.count * 2, count + extra)
    storage.append(contentsOf: repeatElement(0, count: target - storage.count))
  }

  @inline(__always)
  mutating func append<I: FixedWidthInteger>(_ value: I) {
    reserve(MemoryLayout<I>.size)
    storage.withUnsafeMutableBytes { $0.storeBytes(of: value.bigEndian, toByteOffset: count, as: I.self) }
    count += MemoryLayout<I>.size
  }

  /// A field: its length, then its value.
  @inline(__always)
  mutating func appendField<I: FixedWidthInteger>(_ value: I) {
    reserve(4 + MemoryLayout<I>.size)
    storage.withUnsafeMutableBytes {
      $0.storeBytes(of: Int32(MemoryLayout<I>.size).bigEndian, toByteOffset: count, as: Int32.self)
      $0.storeBytes(of: value.bigEndian, toByteOffset: count + 4, as: I.self)
    }
    count += 4 + MemoryLayout<I>.size
  }

  mutating func append(contentsOf bytes: [UInt8]) {
    bytes.withUnsafeBytes { append($0) }
  }

  mutating func append(contentsOf other: borrowing GrowingBytes) {
    other.withUnsafeBytes { append($0) }
  }

  private mutating func append(_ source: UnsafeRawBufferPointer) {
    guard let base = source.baseAddress, !source.isEmpty else { return }
    reserve(source.count)
    storage.withUnsafeMutableBytes { ($0.baseAddress! + count).copyMemory(from: base, byteCount: source.count) }
    count += source.count
  }

  /// The UTF-8 of `text`; returns its length.
  @discardableResult
  mutating func append(utf8 text: String) -> Int {
    var text = text
    return text.withUTF8 {
      append(UnsafeRawBufferPointer($0))
      return $0.count
    }
  }

  mutating func append(_ uuid: UUID) {
    Swift.withUnsafeBytes(of: uuid.uuid) { append($0) }
  }

  mutating func overwrite<I: FixedWidthInteger>(_ value: I, at offset: Int) {
    precondition(offset >= 0 && offset + MemoryLayout<I>.size <= count, "overwrite beyond the end")
    storage.withUnsafeMutableBytes { $0.storeBytes(of: value.bigEndian, toByteOffset: offset, as: I.self) }
  }

  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try storage.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }
}

extension GrowingBytes {
  /// What leads a one-dimensional array without NULLs; see `ArrayReader`.
  private mutating func appendArrayHeader(count elements: Int, type: PostgresType) {
    append(Int32(elements == 0 ? 0 : 1))
    append(Int32(0))
    append(type.rawValue)
    guard elements > 0 else { return }
    append(Int32(elements))
    append(Int32(1))
  }

  mutating func append(array: [Int64]) {
    appendArrayHeader(count: array.count, type: .int8)
    for value in array { appendField(value) }
  }

  mutating func append(array: [Double]) {
    appendArrayHeader(count: array.count, type: .float8)
    for value in array { appendField(value.bitPattern) }
  }

  mutating func append(array: [Bool]) {
    appendArrayHeader(count: array.count, type: .bool)
    for value in array { appendField(value ? UInt8(1) : 0) }
  }

  mutating func append(array: [UUID]) {
    appendArrayHeader(count: array.count, type: .uuid)
    for value in array {
      append(Int32(16))
      append(value)
    }
  }

  mutating func append(array: [[UInt8]]) {
    appendArrayHeader(count: array.count, type: .bytea)
    for value in array {
      append(Int32(value.count))
      append(contentsOf: value)
    }
  }

  mutating func append(array: [String]) {
    appendArrayHeader(count: array.count, type: .text)
    for value in array { appendField(utf8: value) }
  }

  mutating func appendField(utf8 text: String) {
    let start = count
    append(Int32(0))
    let length = append(utf8: text)
    overwrite(Int32(length), at: start)
  }
}
