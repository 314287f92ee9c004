import HTTPTypes
import Hummingbird

/// The paths of the public contract with their methods.
struct KnownPaths: Sendable {
  /// One path, with an empty text where any part stands.
  private struct Known: Sendable {
    var parts: [Substring]
    var methods: [HTTPRequest.Method]
  }

  private var paths: [Known] = []

  mutating func add(_ path: String, _ method: HTTPRequest.Method) {
    let parts = Self.parts(path).map { $0.hasPrefix("{") ? "" : $0 }
    // Every GET has its HEAD.
    let methods = method == .get ? [method, .head] : [method]
    if let index = paths.firstIndex(where: { $0.parts == parts }) {
      paths[index].methods += methods
    } else {
      paths.append(Known(parts: parts, methods: methods))
    }
  }

  /// What the path allows; empty for one that isn't known.
  func methods(_ path: String) -> [HTTPRequest.Method] {
    let parts = Self.parts(path)
    let known = paths.filter { known in
      known.parts.count == parts.count && zip(known.parts, parts).allSatisfy { $0.isEmpty || $0 == $1 }
    }
    return known.flatMap(\.methods)
  }

  private static func parts(_ path: String) -> [Substring] { path.split(separator: "/") }
}

/// Tells a wrong method from a wrong path: the router says of both that it doesn't know them.
struct MethodCheck: RouterMiddleware {
  typealias Context = BasicRequestContext

  let known: KnownPaths

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError where error.status == .notFound {
      let methods = known.methods(request.uri.path)
      guard !methods.isEmpty, !methods.contains(request.method) else {
        throw Problem(.notFound, "NOT_FOUND", "there is nothing at \(request.uri.path)")
      }
      var problem = Problem(
        .methodNotAllowed, "METHOD_NOT_ALLOWED",
        "\(request.method.rawValue) is not allowed here, only \(methods.map(\.rawValue).joined(separator: ", "))")
      problem.allowed = methods
      throw problem
    }
  }
}
