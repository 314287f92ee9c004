/// The reason why bytes are not a valid message.
package enum DecodingFault: Error {
  /// The full name of a string field whose bytes are not UTF-8.
  case notUTF8(StaticString)
  /// The bytes are not the encoding of a message. The path leads from the outermost message to the field.
  case malformed(path: [String], String)
  case tooDeep
  case tooLarge

  package var reason: String {
    switch self {
    case .notUTF8(let field): "\(field) is not valid UTF-8"
    case .malformed(let path, let reason): path.isEmpty ? reason : "\(path.joined(separator: ".")): \(reason)"
    case .tooDeep: "nested deeper than \(CodecLimits.maximumDepth) messages"
    case .tooLarge: "takes more memory than a message of its length may"
    }
  }
}

/// The reason why a value can't be encoded.
package enum EncodingFault: Error {
  case tooDeep
  case tooLarge

  package var reason: String {
    switch self {
    case .tooDeep: "nested deeper than \(CodecLimits.maximumDepth) messages"
    case .tooLarge: "too large to encode"
    }
  }
}
