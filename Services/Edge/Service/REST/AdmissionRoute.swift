import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ProtoJSON
import RPCCore
import TwinProto

/// `POST …/admission/review`: Kubernetes asks whether an object may be created or changed, and always gets an answer to its
/// question, also when nobody can judge.
struct AdmissionRoute: Sendable {
  static let path = "/api/v1/admission/review"
  /// Kubernetes permits no query in a webhook's address, so the environment is also taken from the path.
  static let environmentPath = path + "/{environment}"
  /// What the API server puts into the address: how long it waits.
  private static let timeoutParameter = "timeout"

  private let review: Transcoding
  private let failsOpen: Bool

  /// - Parameters:
  ///   - path: one of the two.
  ///   - failsOpen: whether to allow what can't be judged.
  init(_ path: String, prediction: any RPCChannel, schema: ProtoJSONSchema, failsOpen: Bool) throws {
    self.failsOpen = failsOpen
    var endpoint = Endpoint(
      .post, path, ArbiterServiceMethods.reviewAdmission, ReviewAdmissionRequest.self,
      ReviewAdmissionResponse.self, query: path == Self.path ? ["environment"] : [], body: .init(field: "review"))
    endpoint.answerField = "review"
    endpoint.ignoredQuery = [Self.timeoutParameter]
    review = try Transcoding(endpoint, channel: prediction, schema: schema)
  }

  func handle(_ http: Request, _ context: BasicRequestContext) async throws -> Response {
    var http = http
    let body = try await Transcoding.collected(&http)
    do {
      return try await review.handle(http, context)
    } catch let error as CancellationError {
      throw error
    } catch {
      // A document that can't be read as a review has no question to answer.
      let problem = Problem(thrown: error)
      guard problem.status >= 500 || problem.status == 429, let uid = Self.uid(body) else { throw error }
      return try Self.answer(uid, isAllowed: failsOpen, reason: problem.detail)
    }
  }

  private struct Answer: Encodable {
    struct Verdict: Encodable {
      struct Status: Encodable {
        var code = 403
        var reason = "Forbidden"
        var message: String
      }

      var uid: String
      var allowed: Bool
      var status: Status?
      var warnings: [String]?
    }

    var apiVersion = "admission.k8s.io/v1"
    var kind = "AdmissionReview"
    var response: Verdict
  }

  private static func answer(_ uid: String, isAllowed: Bool, reason: String) throws -> Response {
    let verdict =
      isAllowed
      ? Answer.Verdict(uid: uid, allowed: true, warnings: ["not judged: \(reason)"])
      : Answer.Verdict(uid: uid, allowed: false, status: .init(message: "not judged, so denied: \(reason)"))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: try encoder.encode(Answer(response: verdict)))))
  }

  private struct Question: Decodable {
    struct Request: Decodable { var uid: String }
    var request: Request
  }

  private static func uid(_ body: ByteBuffer) -> String? {
    (try? JSONDecoder().decode(Question.self, from: Data(body.readableBytesView)))?.request.uid
  }
}
