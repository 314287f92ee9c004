import RPCCore

/// What a case found wrong.
public struct CaseFailure: Error, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// Fails the case unless `condition` holds.
func expect(_ condition: Bool, _ message: @autoclosure () -> String) throws {
  guard condition else { throw CaseFailure(message()) }
}

/// Fails the case unless both are equal.
func expect<Value: Equatable>(_ found: Value, equals wanted: Value, _ what: String) throws {
  guard found == wanted else { throw CaseFailure("\(what): got \(found), expected \(wanted)") }
}

/// Fails the case unless `body` ends with this status.
///
/// - Returns: the status.
@discardableResult
func expectStatus(_ code: StatusCode, _ what: String, _ body: () async throws -> Void) async throws -> RPCError {
  do {
    try await body()
  } catch let error as RPCError {
    guard error.code == code else {
      throw CaseFailure("\(what): got status \(error), expected \(code.name)")
    }
    return error
  }
  throw CaseFailure("\(what): got status OK, expected \(code.name)")
}
