/// Input that a simulation can't accept: every field at fault, each with its reason.
///
/// Thrown before anything runs, so that no partial result exists.
public struct InvalidInput: Error, Sendable, Hashable, CustomStringConvertible {
  /// One field and what is wrong with it.
  public struct Issue: Sendable, Hashable {
    /// The path of the field in the request, such as `parameters.mass_kg`.
    public var field: String
    /// What would be accepted instead, as a sentence without a full stop.
    public var reason: String

    public init(field: String, reason: String) {
      self.field = field
      self.reason = reason
    }
  }

  /// At least one issue, in the order of the input.
  public let issues: [Issue]

  /// - Precondition: there is at least one issue.
  public init(_ issues: [Issue]) {
    precondition(!issues.isEmpty, "invalid input names what is invalid")
    self.issues = issues
  }

  public init(field: String, reason: String) { self.init([Issue(field: field, reason: reason)]) }

  public var description: String { issues.map { "\($0.field): \($0.reason)" }.joined(separator: "; ") }
}
