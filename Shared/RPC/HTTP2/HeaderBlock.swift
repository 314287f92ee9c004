#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The header fields that gRPC looks at; every other one is `other`.
public enum HeaderToken: UInt8, Sendable {
  case other
  case method, scheme, path, authority, status
  case contentType, te, userAgent
  case grpcTimeout, grpcEncoding, grpcAcceptEncoding, grpcStatus, grpcMessage, grpcStatusDetails
}

/// One received header list. All fields lie in one array, so that a list costs one allocation.
public struct HeaderBlock: Sendable {
  // A field is its token (1 byte), the lengths of its name (2) and value (4), the name if the token is `other`, the value.
  private static let fieldPrefix = 7
  private var storage: [UInt8] = []
  /// The list was longer than allowed; what didn't fit is missing.
  public internal(set) var isTruncated = false
  /// RFC 9113 §6.5.2.
  private(set) var listSize = 0

  init() {}

  mutating func reset() {
    storage = []
    isTruncated = false
    listSize = 0
  }

  mutating func append(name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>, limit: Int) {
    listSize += name.count + value.count + 32
    // The length of a name is kept in two bytes.
    guard listSize <= limit, name.count <= Int(UInt16.max), !isTruncated else {
      isTruncated = true
      return
    }
    if storage.isEmpty { storage.reserveCapacity(256) }
    let token = HeaderToken(name: name)
    let nameLength = token == .other ? name.count : 0
    // One append for the prefix: byte by byte, each would check the array's capacity anew.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.fieldPrefix) { prefix in
      prefix.initializeElement(at: 0, to: token.rawValue)
      prefix.initializeElement(at: 1, to: UInt8(truncatingIfNeeded: nameLength >> 8))
      prefix.initializeElement(at: 2, to: UInt8(truncatingIfNeeded: nameLength))
      prefix.initializeElement(at: 3, to: UInt8(truncatingIfNeeded: value.count >> 24))
      prefix.initializeElement(at: 4, to: UInt8(truncatingIfNeeded: value.count >> 16))
      prefix.initializeElement(at: 5, to: UInt8(truncatingIfNeeded: value.count >> 8))
      prefix.initializeElement(at: 6, to: UInt8(truncatingIfNeeded: value.count))
      storage.append(contentsOf: UnsafeBufferPointer(prefix))
    }
    if token == .other { storage.append(contentsOf: name) }
    storage.append(contentsOf: value)
  }

  /// Visits every field in order. The name is empty unless the token is `other`.
  public func forEach(_ body: (HeaderToken, _ name: Span<UInt8>, _ value: Span<UInt8>) -> Void) {
    let bytes = storage.span
    var index = 0
    while index + Self.fieldPrefix <= bytes.count {
      let token = HeaderToken(rawValue: bytes[index]) ?? .other
      let nameLength = Int(bytes[index + 1]) << 8 | Int(bytes[index + 2])
      let valueLength =
        Int(bytes[index + 3]) << 24 | Int(bytes[index + 4]) << 16 | Int(bytes[index + 5]) << 8 | Int(bytes[index + 6])
      let name = index + Self.fieldPrefix
      let value = name + nameLength
      body(token, bytes.extracting(name..<value), bytes.extracting(value..<value + valueLength))
      index = value + valueLength
    }
  }

  /// The value of the first field with this token, as text.
  public func text(_ token: HeaderToken) -> String? {
    var found: String?
    forEach { if $0 == token && found == nil { found = String(decoding: $2) } }
    return found
  }
}

extension String {
  /// The text of these bytes; what isn't UTF-8 is repaired.
  public init(decoding bytes: Span<UInt8>) {
    if let utf8 = try? UTF8Span(validating: bytes) {
      self.init(copying: utf8)
    } else {
      self = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
  }
}

extension HeaderToken {
  /// The token of a lower-case field name. Lengths tell most names apart, so one comparison is enough.
  init(name: UnsafeBufferPointer<UInt8>) {
    func matches(_ text: StaticString) -> Bool {
      memcmp(name.baseAddress!, text.utf8Start, name.count) == 0
    }
    switch name.count {
    case 2: self = matches("te") ? .te : .other
    case 5: self = matches(":path") ? .path : .other
    case 7:
      self = matches(":method") ? .method : matches(":scheme") ? .scheme : matches(":status") ? .status : .other
    case 10: self = matches(":authority") ? .authority : matches("user-agent") ? .userAgent : .other
    case 11: self = matches("grpc-status") ? .grpcStatus : .other
    case 12:
      self =
        matches("content-type")
        ? .contentType : matches("grpc-timeout") ? .grpcTimeout : matches("grpc-message") ? .grpcMessage : .other
    case 13: self = matches("grpc-encoding") ? .grpcEncoding : .other
    case 20: self = matches("grpc-accept-encoding") ? .grpcAcceptEncoding : .other
    case 23: self = matches("grpc-status-details-bin") ? .grpcStatusDetails : .other
    default: self = .other
    }
  }
}
