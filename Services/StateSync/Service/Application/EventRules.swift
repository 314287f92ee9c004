import FleetCore
import NIOCore
import TwinProto

/// What an event must be to be stored. Source: CloudEvents specification 1.0.2, "Context Attributes" and "Type System".
struct EventRules: Sendable {
  /// What is wrong with an event: the attribute and why.
  struct Problem: Error, Sendable, Hashable {
    var field: String
    var message: String
  }

  static let version = "1.0"
  static let maximumIDLength = 256
  static let maximumURILength = 1_024
  static let maximumTypeLength = 256
  static let maximumSubjectLength = 128
  static let maximumMediaTypeLength = 256
  static let maximumExtensions = 64
  static let maximumNameLength = 64
  static let maximumValueLength = 1_024
  /// Of the data, encoded.
  static let maximumDataBytes = 64 << 10

  /// Attributes of the specification, which no extension may be named like. Source: section "Required Attributes" and
  /// "Optional Attributes"; `data` by "Attribute Naming Convention", `data_base64` by the JSON event format.
  static let coreNames: Set<String> = [
    "id", "source", "specversion", "type", "subject", "time", "datacontenttype", "dataschema", "data",
  ]

  /// For times.
  var samples = SampleRules()

  /// Checks an event.
  ///
  /// - Returns: when it happened, in whole microseconds.
  func check(_ event: Event, now: UTCInstant) throws(Problem) -> UTCInstant {
    try Self.require("specversion", event.specversion)
    guard event.specversion == Self.version else {
      throw Problem(field: "specversion", message: "must be \"\(Self.version)\"")
    }
    try Self.require("id", event.id)
    try Self.checkText("id", event.id, Self.maximumIDLength)
    try Self.require("source", event.source)
    try Self.checkURI("source", event.source, isAbsolute: false)
    try Self.require("type", event.type)
    try Self.checkText("type", event.type, Self.maximumTypeLength)
    if let subject = event.subject { try Self.checkText("subject", subject, Self.maximumSubjectLength) }
    if let type = event.datacontenttype { try Self.checkMediaType(type) }
    if let schema = event.dataschema { try Self.checkURI("dataschema", schema, isAbsolute: true) }
    try Self.checkExtensions(event.extensions?.fields ?? [:])
    try Self.checkData(event)
    guard let time = event.time else { return UTCInstant(microseconds: now.microseconds) }
    do throws(SampleRules.Problem) {
      return try samples.checkTime(time, now: now)
    } catch {
      throw Problem(field: error.field, message: error.message)
    }
  }

  // MARK: Attributes

  private static func require(_ field: String, _ text: String) throws(Problem) {
    if text.isEmpty { throw Problem(field: field, message: "is required") }
  }

  private static func checkText(_ field: String, _ text: String, _ longest: Int) throws(Problem) {
    guard (1...longest).contains(text.unicodeScalars.count) else {
      throw Problem(field: field, message: "must have 1 to \(longest) characters")
    }
    guard text.isFreeOfControls, text.unicodeScalars.allSatisfy({ !isNoncharacter($0) }) else {
      throw Problem(field: field, message: "must not hold control characters or noncharacters")
    }
  }

  /// Source: The Unicode Standard, section 23.7
  private static func isNoncharacter(_ scalar: Unicode.Scalar) -> Bool {
    (0xFDD0...0xFDEF).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE
  }

  /// The characters of a URI reference beside letters and digits. Source: RFC 3986, sections 2.2, 2.3 and 2.1 (`%`)
  private static let uriCharacters = Set(":/?#[]@!$&'()*+,;=-._~%".unicodeScalars)

  private static func checkURI(_ field: String, _ text: String, isAbsolute: Bool) throws(Problem) {
    try checkText(field, text, maximumURILength)
    let wrong = text.unicodeScalars.first { !($0.isASCIIAlphanumeric || uriCharacters.contains($0)) }
    if let wrong {
      throw Problem(
        field: field, message: "must be a URI\(isAbsolute ? "" : " reference"); '\(wrong)' isn't part of one")
    }
    // A percent sign stands before two hexadecimal digits.
    let parts = text.utf8.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false).dropFirst()
    guard parts.allSatisfy({ $0.count >= 2 && $0.prefix(2).allSatisfy(\.isHexDigit) }) else {
      throw Problem(field: field, message: "must be a URI; '%' must stand before two hexadecimal digits")
    }
    guard isAbsolute else { return }
    let scheme = text.prefix { $0 != ":" }
    guard scheme.count < text.count, let first = scheme.unicodeScalars.first, first.isASCIILetter,
      scheme.unicodeScalars.allSatisfy({ $0.isASCIIAlphanumeric || "+-.".unicodeScalars.contains($0) })
    else { throw Problem(field: field, message: "must be an absolute URI, such as \"https://example.com/schema\"") }
  }

  /// Source: RFC 2046 and RFC 6838, section 4.2: type and subtype, then perhaps parameters.
  private static func checkMediaType(_ text: String) throws(Problem) {
    try checkText("datacontenttype", text, maximumMediaTypeLength)
    let essence = text.prefix { $0 != ";" && $0 != " " }
    let names = essence.split(separator: "/", omittingEmptySubsequences: false)
    let isGood =
      names.count == 2
      && names.allSatisfy { name in
        !name.isEmpty
          && name.unicodeScalars.allSatisfy { $0.isASCIIAlphanumeric || "!#$&-^_.+".unicodeScalars.contains($0) }
      }
    guard isGood else {
      throw Problem(field: "datacontenttype", message: "must be a media type, such as \"application/json\"")
    }
  }

  // MARK: Extensions and data

  private static func checkExtensions(_ values: [String: ProtoValue]) throws(Problem) {
    guard values.count <= maximumExtensions else {
      throw Problem(field: "extensions", message: "must be at most \(maximumExtensions), not \(values.count)")
    }
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      // Names are told as they came, cut: they may be anything.
      let field = String(name.prefix(maximumNameLength))
      guard (1...maximumNameLength).contains(name.utf8.count),
        name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) })
      else {
        throw Problem(
          field: field, message: "isn't an attribute's name: those have 1 to \(maximumNameLength) of [a-z0-9]")
      }
      guard !coreNames.contains(name) else {
        throw Problem(field: field, message: "is an attribute of its own, not an extension")
      }
      switch value.kind {
      case .boolValue: continue
      case .stringValue(let text):
        guard text.unicodeScalars.count <= maximumValueLength else {
          throw Problem(field: field, message: "must have at most \(maximumValueLength) characters")
        }
        guard text.isFreeOfControls else { throw Problem(field: field, message: "must not hold control characters") }
      case .numberValue(let number):
        guard Int32(exactly: number) != nil else {
          throw Problem(field: field, message: "must be a whole number of 32 bits, a text or a boolean")
        }
      case .structValue, .listValue, .nullValue, nil:
        throw Problem(field: field, message: "must be a text, a boolean or a whole number of 32 bits")
      }
    }
  }

  private static func checkData(_ event: Event) throws(Problem) {
    if event.data != nil, event.dataBase64 != nil {
      throw Problem(field: "data_base64", message: "must be absent beside data")
    }
    if let bytes = event.dataBase64, bytes.count > maximumDataBytes {
      throw Problem(field: "data_base64", message: "must have at most \(maximumDataBytes) bytes, not \(bytes.count)")
    }
    guard let data = event.data else { return }
    var buffer = ByteBuffer()
    guard (try? data.serialize(into: &buffer)) != nil, buffer.readableBytes <= maximumDataBytes else {
      throw Problem(field: "data", message: "must take at most \(maximumDataBytes) bytes encoded")
    }
  }
}

extension Event {
  /// Without what says nothing: null stands for absent. Source: CloudEvents JSON event format 1.0.2, section 2.2
  var withoutNulls: Event {
    var event = self
    if case .nullValue? = data?.kind { event.data = nil }
    if var fields = extensions?.fields {
      fields = fields.filter { if case .nullValue? = $0.value.kind { false } else { true } }
      event.extensions = fields.isEmpty ? nil : ProtoStruct(fields: fields)
    }
    return event
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIILetter: Bool { (0x41...0x5A).contains(value) || (0x61...0x7A).contains(value) }
  fileprivate var isASCIIAlphanumeric: Bool { isASCIILetter || (0x30...0x39).contains(value) }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool {
    (0x30...0x39).contains(self) || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
  }
}
