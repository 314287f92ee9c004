import RPCErrors
import SimulationInput
import TwinConversions
import TwinProto

/// The request of a Kubernetes AdmissionReview, as far as a judgement needs it.
///
/// Source: Kubernetes API, admission.k8s.io/v1 AdmissionReview.
struct AdmissionReview: Sendable {
  static let apiVersion = "admission.k8s.io/v1"
  /// The longest part of a message: the API server cuts warnings that are longer than this many characters.
  static let maximumWarning = 256

  var uid: String
  /// Such as "Deployment".
  var kind: String
  /// Such as "scale"; empty for the object itself.
  var subresource: String
  var operation: String
  var namespace: String
  var name: String
  var username: String
  /// A dry run has no effect, so its review must have none either.
  var isDryRun: Bool
  /// null where the operation has none.
  var object: InputValue
  var oldObject: InputValue

  /// - Throws: `ServiceFault` naming what a review can't be answered without.
  init(_ review: ProtoStruct?) throws {
    guard let review else { throw ServiceFault.invalid("review", "is required") }
    let document = InputValue(review)
    var wrong: [ServiceFault.FieldViolation] = []
    if document["apiVersion"] != .string(Self.apiVersion) {
      wrong.append(.init("review.apiVersion", "must be \(Self.apiVersion)"))
    }
    if document["kind"] != .string("AdmissionReview") {
      wrong.append(.init("review.kind", "must be AdmissionReview"))
    }
    let request = document["request"] ?? .null
    uid = request.text("uid")
    if uid.isEmpty { wrong.append(.init("review.request.uid", "is required")) }
    guard wrong.isEmpty else { throw ServiceFault.invalid(wrong) }
    kind = (request["kind"] ?? .null).text("kind")
    subresource = request.text("subResource")
    operation = request.text("operation")
    object = request["object"] ?? .null
    oldObject = request["oldObject"] ?? .null
    let metadata = object["metadata"] ?? oldObject["metadata"] ?? .null
    namespace = request.text("namespace").isEmpty ? metadata.text("namespace") : request.text("namespace")
    name = request.text("name").isEmpty ? metadata.text("name") : request.text("name")
    if name.isEmpty { name = metadata.text("generateName") }
    username = (request["userInfo"] ?? .null).text("username")
    isDryRun = request["dryRun"] == .bool(true)
  }

  /// The answer: the AdmissionReview with its `response`.
  func answer(isAllowed: Bool, message: String = "", warnings: [String] = []) -> ProtoStruct {
    var response: [InputValue.Member] = [.init("uid", .string(uid)), .init("allowed", .bool(isAllowed))]
    if !isAllowed {
      response.append(
        .init("status", ["code": 403, "reason": "Forbidden", "message": .string(message)]))
    }
    if !warnings.isEmpty {
      response.append(.init("warnings", .array(warnings.map { .string(String($0.prefix(Self.maximumWarning))) })))
    }
    return ProtoStruct([
      .init("apiVersion", .string(Self.apiVersion)), .init("kind", "AdmissionReview"),
      .init("response", .object(response)),
    ])
  }
}

extension InputValue {
  /// The text of a member; empty where there is none.
  func text(_ name: String) -> String {
    guard case .string(let text)? = self[name] else { return "" }
    return text
  }

  /// The value at a path of member names; null where there is none.
  func at(_ path: String...) -> InputValue { path.reduce(self) { $0[$1] ?? .null } }

  /// The elements of an array; none for anything else.
  var elements: [InputValue] {
    if case .array(let values) = self { values } else { [] }
  }

  var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }
}
