import NIOCore
import ProtoJSON
import SimulationInput
import TwinConversions
import TwinProto

/// JSON objects as text, as the store keeps them and as mirrored systems answer them.
enum JSONText {
  /// Of a message with a free-form field, which the text is the value of.
  private static let codec = Result {
    try ProtoJSONSchema(fileDescriptorSet: TwinDescriptors.fileDescriptorSet)
      .transcoder(for: InlineTarget.messageName)
  }
  private static let field = "state"

  /// - Throws: `ProtoJSONError` for what isn't a JSON object within the bounds.
  static func object(_ json: [UInt8], maximumBytes: Int = 64 << 20) throws -> TargetState {
    var options = ProtoJSONTranscoder.EncodingOptions(bodyField: field)
    options.limits.maximumDocumentBytes = maximumBytes
    let message = try codec.get().encode(json: json, options: options)
    return TargetState(try InlineTarget(serialized: ByteBuffer(bytes: message)).state ?? ProtoStruct())
  }

  static func object(_ json: String) throws -> TargetState { try object(Array(json.utf8)) }

  static func text(_ state: TargetState) throws -> String {
    var bytes = ByteBuffer()
    try InlineTarget(state: ProtoStruct(state)).serialize(into: &bytes)
    let text = try codec.get().decode(
      protobuf: Array(bytes.readableBytesView), options: ProtoJSONTranscoder.DecodingOptions(bodyField: field))
    return String(decoding: text, as: UTF8.self)
  }
}

extension Dictionary where Key == String, Value == InputValue {
  /// The members of a free-form object.
  init(_ fields: ProtoStruct) { self = fields.fields.mapValues { InputValue($0) } }

  /// What it takes about when it is encoded.
  var encodedBytes: Int { reduce(0) { $0 + $1.key.utf8.count + 8 + $1.value.encodedBytes } }
}

extension ProtoStruct {
  init(_ state: TargetState) { self.init(fields: state.mapValues { ProtoValue($0) }) }
}

extension InputValue {
  /// What it takes about when it is encoded.
  var encodedBytes: Int {
    switch self {
    case .null, .bool: 4
    case .number: 11
    case .string(let text): text.utf8.count + 6
    case .array(let values): values.reduce(8) { $0 + $1.encodedBytes }
    case .object(let members): members.reduce(8) { $0 + $1.name.utf8.count + 8 + $1.value.encodedBytes }
    }
  }

  /// What is wrong with it as a part of a state; nil when nothing is.
  func problem(depth: Int = EnvironmentLimits.depth) -> String? {
    guard depth > 0 else { return "is nested more than \(EnvironmentLimits.depth) deep" }
    switch self {
    case .null, .bool: return nil
    case .number(let number): return number.isFinite ? nil : "must be a finite number"
    case .string(let text): return text.utf8.contains(0) ? "must not contain U+0000" : nil
    case .array(let values): return values.lazy.compactMap { $0.problem(depth: depth - 1) }.first
    case .object(let members):
      if members.contains(where: { $0.name.utf8.contains(0) }) { return "must not contain U+0000" }
      return members.lazy.compactMap { $0.value.problem(depth: depth - 1) }.first
    }
  }
}
