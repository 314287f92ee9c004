import SimulationFirewall
import SimulationInput

/// Statements of the AWS policy language.
///
/// Source: AWS IAM user guide, JSON policy elements reference (Statement is one object or a list; Effect, Principal,
/// NotPrincipal, Action, NotAction, Resource, NotResource, Condition; a name with `*` and `?` matches any).
struct PolicyDocument: Sendable {
  var statements: [PolicyStatement]

  /// The most statements, values of an element, and nested documents that are read.
  static let maxStatements = 256
  static let maxDepth = 8

  /// A document, one statement, or a list of either; nil when it is none.
  init?(_ value: InputValue) {
    var found: [PolicyStatement] = []
    guard Self.read(value, depth: 0, into: &found), !found.isEmpty else { return nil }
    statements = found
  }

  private static func read(_ value: InputValue, depth: Int, into found: inout [PolicyStatement]) -> Bool {
    guard depth < maxDepth, found.count < maxStatements else { return false }
    switch value {
    case .array(let list): return !list.isEmpty && list.allSatisfy { read($0, depth: depth + 1, into: &found) }
    case .object:
      for name in ["Statement", "statement", "statements", "PolicyDocument", "policy_document", "Policy", "policy"] {
        if let inner = value[name] { return read(inner, depth: depth + 1, into: &found) }
      }
      guard let statement = PolicyStatement(value) else { return false }
      found.append(statement)
      return true
    default: return false
    }
  }
}

/// One statement.
struct PolicyStatement: Sendable {
  enum Principal: Sendable, Hashable {
    case anyone
    /// An account, user or role, as an ARN or an account's number.
    case identity(String)
    case service(String)
    /// Who proves it at an identity provider.
    case federated(String)
  }

  struct Condition: Sendable {
    /// In lower case, such as "stringlike".
    var test: String
    /// In lower case, such as "aws:sourcevpce".
    var key: String
    var values: [String]
  }

  var allows: Bool
  var principals: [Principal]
  var actions: [String]
  /// Whether `actions` are those that are left out.
  var areActionsExcluded: Bool
  var resources: [String]
  var conditions: [Condition]

  init?(_ value: InputValue) {
    guard case .object(let members) = value, members.count <= 64 else { return nil }
    func element(_ name: String) -> InputValue? { value[name] ?? value[name.lowercased()] }
    func texts(_ name: String) -> [String]? {
      element(name).flatMap(FactValue.texts).map { Array($0.prefix(PolicyDocument.maxStatements)) }
    }
    allows = (element("Effect").flatMap(FactValue.text) ?? "Allow").lowercased() != "deny"
    let excluded = texts("NotAction") ?? element("not_actions").flatMap(FactValue.texts)
    let named =
      texts("Action") ?? element("Actions").flatMap(FactValue.texts) ?? element("verbs").flatMap(FactValue.texts)
    guard let actions = excluded ?? named else { return nil }
    self.actions = actions
    areActionsExcluded = excluded != nil
    resources = texts("Resource") ?? element("Resources").flatMap(FactValue.texts) ?? []
    if element("NotResource") != nil { resources = ["*"] }
    principals = []
    if element("NotPrincipal") != nil, allows { principals = [.anyone] }
    if let told = element("Principal") ?? element("Principals") { principals += Self.principals(told) }
    if let provider = element("Federated").flatMap(FactValue.texts) { principals += provider.map { .federated($0) } }
    conditions = Self.conditions(element("Condition") ?? element("Conditions"))
  }

  private static func principals(_ value: InputValue) -> [Principal] {
    switch value {
    case .string(let text): return [text == "*" ? .anyone : .identity(text)]
    case .array(let list): return list.prefix(PolicyDocument.maxStatements).flatMap(principals)
    case .object(let members):
      // Terraform's data source has `type` and `identifiers`.
      if let type = value["type"].flatMap(FactValue.text), let names = value["identifiers"].flatMap(FactValue.texts) {
        return principals(.object([.init(type, .array(names.map { .string($0) }))]))
      }
      return members.prefix(16).flatMap { member -> [Principal] in
        let names = (FactValue.texts(member.value) ?? []).prefix(PolicyDocument.maxStatements)
        return names.map { name in
          switch member.name.lowercased() {
          case "service": .service(name)
          case "federated": .federated(name)
          default: name == "*" || name.hasSuffix(":iam::*:root") ? .anyone : .identity(name)
          }
        }
      }
    default: return []
    }
  }

  private static func conditions(_ value: InputValue?) -> [Condition] {
    let blocks: [InputValue] = if case .array(let list)? = value { list } else { [value].compactMap(\.self) }
    return blocks.prefix(64).flatMap { block -> [Condition] in
      guard case .object(let tests) = block else { return [] }
      // Terraform's data source has `test`, `variable` and `values`.
      if let test = block["test"].flatMap(FactValue.text), let key = block["variable"].flatMap(FactValue.text) {
        return [
          Condition(
            test: test.lowercased(), key: key.lowercased(), values: block["values"].flatMap(FactValue.texts) ?? [])
        ]
      }
      return tests.prefix(64).flatMap { test -> [Condition] in
        guard case .object(let keys) = test.value else { return [] }
        return keys.prefix(64).map { key in
          Condition(
            test: test.name.lowercased(), key: key.name.lowercased(),
            values: FactValue.texts(key.value) ?? FactValue.text(key.value).map { [$0] } ?? [])
        }
      }
    }
  }
}
