import RPCCore
import RPCHTTP2

/// The headers or trailers of an answer as the client reads them.
struct ResponseParts {
  var httpStatus = 0
  var isGRPC = false
  var encoding: MessageEncoding?
  var unknownEncoding = ""
  var metadata = Metadata()
  var status: Int?
  var message = ""
  var details: [UInt8] = []

  init(_ block: HeaderBlock) {
    var parts = (http: 0, grpc: false, status: Int?.none, message: "", encoding: "", details: [UInt8]())
    var metadata = Metadata()
    block.forEach { token, name, value in
      switch token {
      case .status: parts.http = Int(String(decoding: value)) ?? 0
      case .contentType: parts.grpc = HeaderValue.isGRPC(contentType: value)
      case .grpcEncoding: parts.encoding = String(decoding: value)
      case .grpcStatus: parts.status = Int(String(decoding: value)) ?? StatusCode.unknown.rawValue
      case .grpcMessage: parts.message = HeaderText.percentDecoded(value)
      case .grpcStatusDetails: parts.details = HeaderText.base64Decoded(value) ?? []
      case .other: _ = HeaderValue.appendMetadata(name, value, to: &metadata)
      default: break
      }
    }
    httpStatus = parts.http
    isGRPC = parts.grpc
    status = parts.status
    message = parts.message
    details = parts.details
    encoding = parts.encoding.isEmpty ? .identity : MessageEncoding(rawValue: parts.encoding)
    unknownEncoding = parts.encoding
    self.metadata = metadata
  }

  /// Why these can't be the first headers of a gRPC answer.
  ///
  /// Source of the mapping: http-grpc-status-mapping.md of the gRPC project
  var foreignError: RPCError? {
    guard httpStatus != 200 || !isGRPC else { return nil }
    let code: StatusCode =
      switch httpStatus {
      case 200: .unknown
      case 400: .internalError
      case 401: .unauthenticated
      case 403: .permissionDenied
      case 404: .unimplemented
      case 429, 502, 503, 504: .unavailable
      default: .unknown
      }
    return RPCError(code, "the peer answered with HTTP status \(httpStatus), and not gRPC")
  }

  /// The error that the trailers tell; nil for status OK.
  var error: RPCError? {
    guard let status else { return RPCError(.unknown, "the server ended the call without a status") }
    guard status != 0 else { return nil }
    return RPCError(StatusCode(rawValue: status) ?? .unknown, message, statusDetails: details, trailers: metadata)
  }
}

extension HeaderList {
  /// The headers of a call.
  static func request(
    path: String, scheme: String, authority: String, timeout: Int64?, options: CallOptions
  ) -> HeaderList {
    var list = HeaderList(capacity: 320)
    list.add(":method", text: "POST")
    list.add(":scheme", text: scheme)
    list.add(":path", text: path)
    list.add(":authority", text: authority)
    list.add("te", text: "trailers")
    list.add("content-type", text: "application/grpc")
    list.add("user-agent", text: "grpc-swift-nghttp2/1.0")
    list.add("grpc-accept-encoding", text: MessageCompression.acceptEncoding)
    if options.encoding != .identity { list.add("grpc-encoding", text: options.encoding.rawValue) }
    if let timeout { list.add("grpc-timeout", text: GRPCTimeout.format(nanoseconds: timeout), isIndexed: false) }
    list.add(options.metadata)
    return list
  }
}
