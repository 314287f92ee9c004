import Foundation
import HTTPTypes
import Hummingbird
import Logging
import RPCCore

/// Gives every request its id and trace, turns what a handler throws into a problem document, and logs the request.
struct RequestScope: RouterMiddleware {
  typealias Context = BasicRequestContext

  /// The longest id that a client may give; a longer or odd one is replaced.
  private static let maxRequestID = 128

  let logger: Logger

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let given = request.headers[.requestID] ?? ""
    let isUsable =
      !given.isEmpty && given.utf8.count <= Self.maxRequestID && given.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    let id = isUsable ? given : UUID().uuidString.lowercased()
    let trace = request.headers[.traceparent].flatMap { TraceContext(traceparent: $0) }
    let started = ContinuousClock.now
    var response = await CallContext.$current.withValue(CallContext(requestID: id, trace: trace)) {
      do {
        return try await next(request, context)
      } catch {
        var problem = Problem(thrown: error)
        problem.requestID = id
        if problem.status >= 500 {
          logger.warning("request failed", metadata: ["request_id": "\(id)", "error": "\(error)"])
        }
        // What answers HEAD has no body, whatever it says. Source: RFC 9110 §9.3.2
        return request.method == .head ? problem.response.createHeadResponse() : problem.response
      }
    }
    response.headers[.requestID] = id
    let milliseconds = Int((ContinuousClock.now - started) / .milliseconds(1))
    logger.debug(
      "\(request.method.rawValue) \(request.uri.path) \(response.status.code)",
      metadata: ["request_id": "\(id)", "took_ms": "\(milliseconds)"])
    return response
  }
}

extension HTTPField.Name {
  static let requestID = HTTPField.Name("X-Request-ID")!
  static let traceparent = HTTPField.Name("traceparent")!
  static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
  static let prefer = HTTPField.Name("Prefer")!
  static let preferenceApplied = HTTPField.Name("Preference-Applied")!
}
