/// Why a document or a message can't be transcoded.
public struct ProtoJSONError: Error, Equatable, Sendable {
  /// What kind of fault.
  public enum Reason: Equatable, Sendable {
    /// The document isn't JSON by RFC 8259; the one violation tells where.
    case syntax
    /// The document is JSON, but not of the message's shape; the violations name every field that is wrong.
    case invalidFields
    /// The document is longer than `ProtoJSONLimits.maximumDocumentBytes`, or would be when written.
    case documentTooLarge
    /// Objects and arrays are nested deeper than `ProtoJSONLimits.maximumDepth`.
    case documentTooDeep
    /// The bytes aren't a message of the type. A fault of whoever encoded them.
    case malformedMessage
    /// No descriptor tells about the message, or the descriptors themselves can't be read. A fault of the program.
    case unknownMessage
  }

  /// One thing that is wrong.
  public struct Violation: Equatable, Sendable {
    /// Path of the field from the root of the document, such as `samples[2].speed_mps` or `targets["a.b"].kind`.
    /// Empty for the document itself.
    public var path: String
    /// What is wrong with it, for people.
    public var message: String

    /// Whether the message type has no field of the member's name.
    public var isUnknownField: Bool { message == Self.unknownField }
    static let unknownField = "no such field"

    /// Creates a violation.
    public init(path: String, message: String) {
      self.path = path
      self.message = message
    }
  }

  /// What kind of fault.
  public var reason: Reason
  /// Everything that is wrong, in the order of the document, at most `ProtoJSONLimits.maximumViolations`. Never empty.
  public var violations: [Violation]

  /// Creates an error.
  public init(_ reason: Reason, _ violations: [Violation]) {
    self.reason = reason
    self.violations = violations
  }

  init(_ reason: Reason, path: String = "", _ message: String) {
    self.init(reason, [Violation(path: path, message: message)])
  }
}

extension ProtoJSONError: CustomStringConvertible {
  /// Every violation with its path, separated by semicolons.
  public var description: String {
    violations.map { $0.path.isEmpty ? $0.message : "\($0.path): \($0.message)" }.joined(separator: "; ")
  }
}

/// What the transcoder accepts.
public struct ProtoJSONLimits: Equatable, Sendable {
  /// Longest document in bytes; 4 MiB unless set, as a gRPC message.
  public var maximumDocumentBytes = 4 << 20

  /// Objects and arrays inside each other, the outermost counting as 1. A level of free-form JSON takes three levels of
  /// messages (Struct, its map entry, Value), so that 32 stay below the 100 that protobuf implementations accept.
  public static let maximumDepth = 32

  /// Messages inside messages that are read from bytes, the outermost counting as 1.
  public static let maximumMessageDepth = 100

  /// Violations that an error lists; further ones are only counted.
  public static let maximumViolations = 64

  /// The default limits.
  public init() {}
}

/// A step of the path to a value.
enum PathStep {
  case field(String)
  case index(Int)
  case key(String)

  static func text(_ steps: [PathStep]) -> String {
    var text = ""
    for step in steps {
      switch step {
      case .field(let name): text += text.isEmpty ? name : ".\(name)"
      case .index(let index): text += "[\(index)]"
      case .key(let key):
        let isPlain = !key.isEmpty && key.utf8.allSatisfy { isWord($0) }
        if isPlain { text += text.isEmpty ? key : ".\(key)" } else { text += "[\(quoted(key))]" }
      }
    }
    return text
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private static func quoted(_ key: String) -> String {
    var out = JSONWriter()
    out.string(key.utf8)
    return String(decoding: out.bytes, as: UTF8.self)
  }
}
