import HTTPTypes
import ProtoJSON
import RPCCore

/// One REST call and the RPC that it stands for. The transcoder does the rest from the messages' descriptors.
struct Endpoint: Sendable {
  /// The parts of a request that become fields of the request message.
  struct Body: Sendable {
    /// The field that the document is the value of; nil for the whole message.
    var field: String?
    /// The free-form field that takes members which no field has the name of.
    var fold: String?
    /// Whether a request without a body is as good as one with an empty object.
    var isOptional = false
    /// Names that a member may have beside its field's own, with the field's.
    var aliases: [String: String] = [:]
    /// The longest document in bytes.
    var maxBytes = Transcoding.maxBody
    /// What a caller whose document is too long must know.
    var bound: String?
  }

  var method: HTTPRequest.Method
  /// With `{name}` for what becomes the field of that name, or the field that `pathField` tells: one place in a path has
  /// one name for all calls.
  var path: String
  var pathField: [String: String]
  var rpc: MethodDescriptor
  var requestMessage: String
  var responseMessage: String
  /// What a query may hold: fields of the request message.
  var query: [String]
  /// nil when the request has none.
  var body: Body?
  var status: HTTPResponse.Status
  /// A new resource's address, with `{name}` for members of the answer.
  var location: String?
  /// The answer has no content.
  var isEmpty = false
  /// The field of the answer's message that the document is the value of; nil for the whole message.
  var answerField: String?
  /// How long the RPC may take; nil for as long as one of which nobody says.
  var timeout: Duration?
  /// What a query may hold that says nothing to us.
  var ignoredQuery: Set<String> = []

  init<Request: RPCMessage, Response: RPCMessage>(
    _ method: HTTPRequest.Method, _ path: String, _ rpc: MethodDescriptor, _: Request.Type, _: Response.Type,
    pathField: [String: String] = [:], query: [String] = [], body: Body? = nil, status: HTTPResponse.Status = .ok,
    location: String? = nil
  ) {
    self.method = method
    self.path = path
    self.pathField = pathField
    self.rpc = rpc
    requestMessage = Request.messageName
    responseMessage = Response.messageName
    self.query = query
    self.body = body
    self.status = status
    self.location = location
  }

  func withoutContent() -> Endpoint {
    var endpoint = self
    endpoint.isEmpty = true
    endpoint.status = .noContent
    return endpoint
  }

  func within(_ timeout: Duration) -> Endpoint {
    var endpoint = self
    endpoint.timeout = timeout
    return endpoint
  }

  /// The names in the path.
  var pathNames: [String] {
    path.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }
      .map { String($0.dropFirst().dropLast()) }
  }
}
