/// The key-value pairs that travel with a call beside its messages.
///
/// Keys are lower-case; a key that ends in `-bin` holds bytes, every other one printable ASCII. The order of
/// pairs with the same key is kept. Keys that begin with `grpc-` belong to the protocol and never appear here.
///
/// Source: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md ("Custom-Metadata")
public struct Metadata: Sendable, Equatable {
  /// One value, as text or as bytes.
  public enum Value: Sendable, Equatable {
    case text(String)
    case binary([UInt8])
  }

  /// One pair.
  public struct Entry: Sendable, Equatable {
    public let key: String
    public let value: Value
  }

  /// All pairs in the order in which they were added or arrived.
  public private(set) var entries: [Entry] = []

  public init() {}

  public var isEmpty: Bool { entries.isEmpty }

  /// Adds a text pair.
  ///
  /// - Returns: false, and adds nothing, when the key isn't legal for text or the value isn't printable ASCII.
  @discardableResult
  public mutating func add(_ key: String, _ value: String) -> Bool {
    guard Self.isLegal(key: key), !key.hasSuffix("-bin"), value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
      return false
    }
    entries.append(Entry(key: key, value: .text(value)))
    return true
  }

  /// Adds a binary pair; the key must end in `-bin`.
  ///
  /// - Returns: false, and adds nothing, when the key isn't legal for bytes.
  @discardableResult
  public mutating func add(_ key: String, bytes: [UInt8]) -> Bool {
    guard Self.isLegal(key: key), key.hasSuffix("-bin") else { return false }
    entries.append(Entry(key: key, value: .binary(bytes)))
    return true
  }

  /// Adds a pair that the wire already showed to be legal.
  package mutating func append(uncheckedKey key: String, value: Value) {
    entries.append(Entry(key: key, value: value))
  }

  /// Appends all pairs of `other`.
  public mutating func append(contentsOf other: Metadata) { entries.append(contentsOf: other.entries) }

  /// Removes every pair with this key.
  public mutating func remove(_ key: String) { entries.removeAll { $0.key == key } }

  /// The first text value of `key`.
  public subscript(_ key: String) -> String? {
    for entry in entries where entry.key == key {
      if case .text(let text) = entry.value { return text }
    }
    return nil
  }

  /// The first binary value of `key`.
  public subscript(bytes key: String) -> [UInt8]? {
    for entry in entries where entry.key == key {
      if case .binary(let bytes) = entry.value { return bytes }
    }
    return nil
  }

  /// All values of `key`, in order.
  public func values(_ key: String) -> [Value] { entries.filter { $0.key == key }.map(\.value) }

  /// Whether `key` may name a pair: one or more of `a-z 0-9 _ - .`, and not one of the protocol's own.
  public static func isLegal(key: String) -> Bool {
    guard !key.isEmpty, !key.hasPrefix("grpc-") else { return false }
    return key.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
        UInt8(ascii: "-"), UInt8(ascii: "."):
        true
      default: false
      }
    }
  }
}
