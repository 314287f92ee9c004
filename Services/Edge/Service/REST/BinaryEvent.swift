import HTTPTypes
import NIOCore
import ProtoJSON
import TwinProto

/// An event in the binary mode: its attributes in headers, its data as the body.
///
/// Source: CloudEvents HTTP protocol binding 1.0.2, section 3.1
struct BinaryEvent {
  static let prefix = "ce-"
  /// The attributes that an event has fields for, which the contract's transcoder reads.
  private static let core: Set<String> = ["id", "source", "specversion", "type", "subject", "time", "dataschema"]
  /// What no header may carry: the body's media type and the body itself say it.
  private static let reserved: Set<String> = ["datacontenttype", "data", "data_base64"]

  /// By name, decoded.
  var attributes: [(name: String, value: String)]
  var body: ByteBuffer
  /// As the request says it; nil when it says none.
  var mediaType: String?

  /// The attributes that headers hold; none when no header begins with `ce-`.
  ///
  /// - Throws: `Problem` that names the header at fault.
  static func attributes(of headers: HTTPFields) throws -> [(name: String, value: String)] {
    var attributes: [(name: String, value: String)] = []
    for field in headers where field.name.canonicalName.hasPrefix(prefix) {
      let header = field.name.canonicalName
      let name = String(header.dropFirst(prefix.count))
      guard !reserved.contains(name) else {
        throw Problem.invalid(header, "must not be a header: content-type and the body say it")
      }
      guard !attributes.contains(where: { $0.name == name }) else {
        throw Problem.invalid(header, "is given more than once")
      }
      guard let value = decode(field.value) else {
        throw Problem.invalid(header, "isn't percent-encoded UTF-8, or has a quotation mark that isn't closed")
      }
      attributes.append((name, value))
    }
    return attributes
  }

  /// The event.
  ///
  /// - Parameter transcoder: of the event's message.
  func event(_ transcoder: ProtoJSONTranscoder) throws -> Event {
    let known = try transcoder.encode(parameters: attributes.filter { Self.core.contains($0.name) })
    var event = try Event(serialized: ByteBuffer(bytes: known))
    let others = attributes.filter { !Self.core.contains($0.name) }
    if !others.isEmpty {
      event.extensions = ProtoStruct(
        fields: Dictionary(others.map { ($0.name, ProtoValue(kind: .stringValue($0.value))) }) { first, _ in first })
    }
    event.datacontenttype = mediaType
    guard body.readableBytes > 0 else { return event }
    let bytes = Array(body.readableBytesView)
    // Without a media type the body is JSON if it reads as JSON.
    if Self.isJSON(mediaType ?? "application/json") {
      do {
        let data = try transcoder.encode(json: bytes, options: .init(bodyField: "data"))
        event.data = try Event(serialized: ByteBuffer(bytes: data)).data
        return event
      } catch let error as ProtoJSONError where mediaType != nil {
        throw Problem.invalid(
          error.violations.map { Problem.Field(field: "data", message: "\($0.path) \($0.message)".trimmingSpaces) })
      } catch is ProtoJSONError {}
    }
    event.dataBase64 = bytes
    return event
  }

  private static func isJSON(_ mediaType: String) -> Bool {
    let essence = mediaType.prefix { $0 != ";" }.lowercased().trimmingSpaces
    return essence == "application/json" || essence == "text/json" || essence.hasSuffix("+json")
  }

  /// A header's value as the attribute's text: quoted strings are opened, then one round of percent-decoding.
  ///
  /// Source: section 3.1.3.2; RFC 9110, section 5.6.4
  ///
  /// - Returns: nil for what isn't encoded so.
  static func decode(_ value: String) -> String? {
    guard let opened = opened(Array(value.utf8)) else { return nil }
    var bytes: [UInt8] = []
    var index = 0
    while index < opened.count {
      guard opened[index] == UInt8(ascii: "%") else {
        bytes.append(opened[index])
        index += 1
        continue
      }
      guard index + 2 < opened.count, let high = digit(opened[index + 1]), let low = digit(opened[index + 2]) else {
        return nil
      }
      bytes.append(high << 4 | low)
      index += 3
    }
    // Refuses what is no UTF-8, over-long forms included.
    return String(validating: bytes, as: UTF8.self)
  }

  /// The text without the marks of its quoted strings.
  private static func opened(_ bytes: [UInt8]) -> [UInt8]? {
    var out: [UInt8] = []
    var isQuoted = false
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "\\") where isQuoted:
        index += 1
        guard index < bytes.count else { return nil }
        out.append(bytes[index])
      case let byte: out.append(byte)
      }
      index += 1
    }
    return isQuoted ? nil : out
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
