import NIOCore
import RPCCore
import RPCHTTP2

/// The headers of a call as the server reads them.
struct RequestHead {
  var path = ""
  var metadata = Metadata()
  var timeout: Int64?
  var encoding = MessageEncoding.identity
  var acceptsGzip = false
  /// Why the request can't be served, as HTTP (a foreign protocol) or as gRPC.
  var refusal: Refusal?

  enum Refusal {
    case http(status: Int)
    case grpc(RPCError)
  }

  /// - Parameter cache: texts that repeat on a connection, such as the user agent.
  init(_ block: HeaderBlock, cache: inout RepeatedText) {
    var method = false
    var contentType = false
    var timeoutIsBroken = false
    var unknownEncoding: String?
    var brokenMetadata: String?
    var path = ""
    var metadata = Metadata()
    var timeout: Int64?
    var encoding = MessageEncoding.identity
    var acceptsGzip = false
    block.forEach { token, name, value in
      switch token {
      case .path: path = cache.path.text(value)
      case .method: method = HeaderValue.equals(value, "POST")
      case .contentType:
        contentType = HeaderValue.isGRPC(contentType: value)
      case .grpcTimeout:
        timeout = GRPCTimeout.parse(value)
        timeoutIsBroken = timeout == nil
      case .grpcEncoding:
        if let known = MessageEncoding(rawValue: String(decoding: value)) {
          encoding = known
        } else {
          unknownEncoding = String(decoding: value)
        }
      case .grpcAcceptEncoding: acceptsGzip = HeaderValue.contains(value, "gzip")
      case .userAgent: metadata.append(uncheckedKey: "user-agent", value: .text(cache.userAgent.text(value)))
      case .other:
        if !HeaderValue.appendMetadata(name, value, to: &metadata) { brokenMetadata = String(decoding: name) }
      default: break
      }
    }
    self.path = path
    self.metadata = metadata
    self.timeout = timeout
    self.encoding = encoding
    self.acceptsGzip = acceptsGzip
    if block.isTruncated {
      refusal = .grpc(RPCError(.resourceExhausted, "the request's header list is too long"))
    } else if !method {
      refusal = .http(status: 405)
    } else if !contentType {
      refusal = .http(status: 415)
    } else if timeoutIsBroken {
      refusal = .grpc(RPCError(.internalError, "grpc-timeout is malformed"))
    } else if let unknownEncoding {
      refusal = .grpc(RPCError(.unimplemented, "the message encoding \(unknownEncoding) is not supported"))
    } else if let brokenMetadata {
      refusal = .grpc(RPCError(.internalError, "the metadata \(brokenMetadata) is not valid base64"))
    }
  }
}

/// Remembers the last value of a header that seldom changes, so that its text is made once.
struct RepeatedText {
  struct Slot {
    private var bytes: [UInt8] = []
    private var string = ""

    mutating func text(_ value: Span<UInt8>) -> String {
      if value.count == bytes.count {
        var index = 0
        while index < value.count, value[index] == bytes[index] { index += 1 }
        if index == value.count { return string }
      }
      string = String(decoding: value)
      bytes = []
      for index in 0..<value.count { bytes.append(value[index]) }
      return string
    }
  }

  var path = Slot()
  var userAgent = Slot()
}

/// Small comparisons on header bytes.
enum HeaderValue {
  static func equals(_ value: Span<UInt8>, _ text: StaticString) -> Bool {
    value.count == text.utf8CodeUnitCount && hasPrefix(value, text)
  }

  static func hasPrefix(_ value: Span<UInt8>, _ text: StaticString) -> Bool {
    guard value.count >= text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { text in
      for index in 0..<text.count where value[index] != text[index] { return false }
      return true
    }
  }

  /// Whether this is `application/grpc`, with a subtype such as `+proto` or parameters; gRPC-Web is not.
  static func isGRPC(contentType value: Span<UInt8>) -> Bool {
    let plain: StaticString = "application/grpc"
    guard hasPrefix(value, plain) else { return false }
    guard value.count > plain.utf8CodeUnitCount else { return true }
    let next = value[plain.utf8CodeUnitCount]
    return next == UInt8(ascii: "+") || next == UInt8(ascii: ";") || next == UInt8(ascii: " ")
  }

  static func contains(_ value: Span<UInt8>, _ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard value.count >= length else { return false }
    for start in 0...(value.count - length) where hasPrefix(value.extracting(start..<value.count), text) {
      return true
    }
    return false
  }

  /// Adds a field as metadata; fields of HTTP and of the protocol itself are left out.
  ///
  /// - Returns: false for a binary value that isn't base64.
  static func appendMetadata(_ name: Span<UInt8>, _ value: Span<UInt8>, to metadata: inout Metadata) -> Bool {
    // The length is HTTP's own: handed on with another message, it would be wrong.
    guard !hasPrefix(name, ":"), !hasPrefix(name, "grpc-"), !equals(name, "content-length") else { return true }
    let key = String(decoding: name)
    guard key.hasSuffix("-bin") else {
      metadata.append(uncheckedKey: key, value: .text(String(decoding: value)))
      return true
    }
    // Several binary values may stand in one field, parted by commas.
    var start = 0
    for index in 0...value.count where index == value.count || value[index] == UInt8(ascii: ",") {
      guard let bytes = HeaderText.base64Decoded(value.extracting(start..<index)) else { return false }
      metadata.append(uncheckedKey: key, value: .binary(bytes))
      start = index + 1
    }
    return true
  }
}
