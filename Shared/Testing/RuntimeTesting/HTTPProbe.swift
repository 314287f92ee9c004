import NIOCore
import NIOHTTP1
import NIOPosix
public import RuntimeConfiguration

/// Asks an HTTP/1.1 server on loopback.
public enum HTTPProbe {
  public struct Answer: Sendable {
    public var status: UInt
    public var body: String
  }

  /// One GET over a connection of its own.
  public static func get(_ path: String, at address: NetworkAddress) async throws -> Answer {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: address.host, port: address.port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
            wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(.head(HTTPRequestHead(version: .http1_1, method: .GET, uri: path)))
      try await outbound.write(.end(nil))
      var answer = Answer(status: 0, body: "")
      for try await part in inbound {
        switch part {
        case .head(let head): answer.status = head.status.code
        case .body(let body): answer.body += String(buffer: body)
        case .end: return answer
        }
      }
      return answer
    }
  }
}
