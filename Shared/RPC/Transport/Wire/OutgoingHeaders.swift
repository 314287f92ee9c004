import RPCCore
import RPCHTTP2

extension HeaderList {
  /// Adds metadata; what isn't legal can't be in it.
  mutating func add(_ metadata: Metadata) {
    for entry in metadata.entries {
      switch entry.value {
      case .text(let text): add(entry.key, text)
      case .binary(let bytes): add(entry.key, String(decoding: HeaderText.base64Encoded(bytes), as: UTF8.self))
      }
    }
  }

  /// The first headers of an answer that messages follow.
  static func response(_ head: ResponseHead) -> HeaderList {
    if head.metadata.isEmpty, head.encoding == .identity { return plainResponse }
    var list = plainResponse
    if head.encoding != .identity { list.add("grpc-encoding", text: head.encoding.rawValue) }
    list.add(head.metadata)
    return list
  }

  private static let plainResponse: HeaderList = {
    var list = HeaderList()
    list.add(":status", text: "200")
    list.add("content-type", text: "application/grpc")
    list.add("grpc-accept-encoding", text: MessageCompression.acceptEncoding)
    return list
  }()

  /// The trailers of a call, on their own when nothing was sent before.
  static func status(_ error: RPCError?, _ trailers: Metadata, isWhole: Bool) -> HeaderList {
    guard let error else {
      if trailers.isEmpty, !isWhole { return okTrailers }
      var list = isWhole ? plainResponse : HeaderList()
      list.add("grpc-status", text: "0")
      list.add(trailers)
      return list
    }
    var list = isWhole ? plainResponse : HeaderList()
    list.add("grpc-status", text: String(error.code.rawValue))
    if !error.message.isEmpty {
      list.add("grpc-message", text: HeaderText.percentEncoded(error.message), isIndexed: false)
    }
    if !error.statusDetails.isEmpty {
      list.add("grpc-status-details-bin", bytes: HeaderText.base64Encoded(error.statusDetails), isIndexed: false)
    }
    list.add(trailers)
    list.add(error.trailers)
    return list
  }

  private static let okTrailers: HeaderList = {
    var list = HeaderList(capacity: 32)
    list.add("grpc-status", text: "0")
    return list
  }()

  /// An answer to something that isn't gRPC.
  static func http(status: Int) -> HeaderList {
    var list = HeaderList()
    list.add(":status", text: String(status))
    list.add("content-type", text: "text/plain")
    return list
  }
}
