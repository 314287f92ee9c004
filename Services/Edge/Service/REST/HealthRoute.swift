import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import RPCCore
import ServiceRuntime
import TwinProto

/// `GET /health`: whether every service answers, each by its name.
struct HealthRoute: Sendable {
  /// How long a service may take to say that it is well.
  private static let timeout = Duration.seconds(2)

  let peers: [(identity: ServiceIdentity, channel: any RPCChannel)]

  private struct Report: Encodable {
    var status: String
    var services: [String: String]
  }

  func handle(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    var services = ["edge": "ok"]
    await withTaskGroup(of: (String, String).self) { group in
      for peer in peers {
        group.addTask { (peer.identity.name, await Self.check(peer.channel)) }
      }
      for await (name, state) in group { services[name] = state }
    }
    let isWell = services.values.allSatisfy { $0 == "ok" }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let body = try encoder.encode(Report(status: isWell ? "ok" : "unavailable", services: services))
    return Response(
      status: isWell ? .ok : .serviceUnavailable,
      headers: [.contentType: "application/json", .cacheControl: "no-store"],
      body: .init(byteBuffer: ByteBuffer(bytes: body)))
  }

  private static func check(_ channel: any RPCChannel) async -> String {
    do {
      let answer = try await GRPCHealthClient(channel).check(
        GRPCHealthCheckRequest(), options: CallOptions(timeout: timeout))
      return answer.status == .serving ? "ok" : "not ready"
    } catch {
      return "unreachable"
    }
  }
}
