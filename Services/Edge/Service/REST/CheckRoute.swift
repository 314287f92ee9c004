import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ProtoJSON
import RPCCore
import TwinProto

/// `POST …/simulation/run`: the Arbiter check. Who asks gets a check that failed also when nobody could make it, since
/// clients read the answer's `status`, not HTTP's; what is wrong with the request stays a problem document.
struct CheckRoute: Sendable {
  static let path = "/api/v1/simulation/run"

  private let check: Transcoding

  init(prediction: any RPCChannel, schema: ProtoJSONSchema) throws {
    check = try Transcoding(
      Endpoint(
        .post, Self.path, ArbiterServiceMethods.checkChange, CheckChangeRequest.self, CheckChangeResponse.self,
        body: .init(aliases: InfrastructureEndpoints.aliases)),
      channel: prediction, schema: schema)
  }

  private struct Failed: Encodable {
    var status = "failed"
    var error: String
  }

  func handle(_ http: Request, _ context: BasicRequestContext) async throws -> Response {
    do {
      return try await check.handle(http, context)
    } catch let error as CancellationError {
      throw error
    } catch {
      let problem = Problem(thrown: error)
      guard problem.status >= 500 else { throw error }
      let body = try JSONEncoder().encode(Failed(error: "\(problem.code): \(problem.detail)"))
      return Response(
        status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }
  }
}
