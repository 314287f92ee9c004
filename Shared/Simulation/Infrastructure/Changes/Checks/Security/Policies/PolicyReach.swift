import SimulationFirewall
import SimulationInput

/// Whom a statement lets in, from those whom the operator named to everybody.
enum PolicyReach: Int, Sendable, Comparable {
  /// The operator's own, or whoever a condition ties to the operator's own.
  case own
  /// Somebody named outside: another account, any branch of one repository.
  case named
  /// Any member of a crowd that others let in: any repository of an organisation.
  case crowd
  case anyone

  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension PolicyStatement {
  /// Keys whose value the caller can't choose.
  ///
  /// Source: Amazon S3 user guide, "The meaning of public": a policy isn't public if it grants access only to fixed values
  /// of these. Keys of what the caller sends, such as `aws:UserAgent` and `aws:Referer`, keep nobody out. Nor does
  /// `kms:ViaService`: every account reaches the service. Source: AWS KMS developer guide, "AWS KMS condition keys", which
  /// pairs it with `kms:CallerAccount`.
  private static let bindingKeys: Set<String> = [
    "aws:sourcevpce", "aws:sourcevpc", "aws:sourceip", "aws:vpcsourceip", "aws:principalorgid", "aws:principalorgpaths",
    "aws:principalaccount", "aws:principalarn", "aws:sourceaccount", "aws:sourcearn", "aws:sourceowner",
    "aws:sourceorgid", "aws:sourceorgpaths", "aws:userid", "kms:calleraccount",
    "s3:dataaccesspointarn", "s3:dataaccesspointaccount", "sts:externalid", "lambda:functionurlauthtype",
  ]

  /// Whether a condition ties the statement to fixed callers.
  var isBound: Bool {
    conditions.contains { condition in
      // Without a value in the request "IfExists" holds, and so does "ForAllValues" of an empty list.
      guard !condition.test.hasSuffix("ifexists"), !condition.test.hasPrefix("forallvalues"),
        !condition.test.contains("not"), !condition.test.hasPrefix("null"), Self.bindingKeys.contains(condition.key),
        !condition.values.isEmpty
      else { return false }
      if condition.key == "aws:sourceip" || condition.key == "aws:vpcsourceip" {
        // Up to a /16 of public addresses is somebody; more is nobody in particular.
        return condition.values.allSatisfy { value in
          guard let prefix = IPPrefix(value) else { return false }
          return prefix.isPrivate || prefix.addressCount <= (prefix.version == .four ? 65_536 : 0x1p80)
        }
      }
      // Without authentication a function's address is everybody's. Source: AWS Lambda developer guide, "Control access to
      // Lambda function URLs".
      if condition.key == "lambda:functionurlauthtype" {
        return condition.values.allSatisfy { $0.lowercased() == "aws_iam" }
      }
      // A wildcard for the whole value, for the account in an ARN or within an organisation's id is no value.
      return condition.values.allSatisfy { value in
        let fields = value.split(separator: ":", omittingEmptySubsequences: false)
        if fields.count >= 6, fields[0] == "arn" {
          return !fields[4].contains("*") && (!fields[4].isEmpty || !fields[5].hasPrefix("*"))
        }
        let organisation = value.prefix { $0 != "/" }
        let isFixed = !value.contains("*") && !value.contains("?")
        return isFixed || value.hasPrefix("o-") && !organisation.contains("*") && !organisation.contains("?")
      }
    }
  }

  /// - Parameter exposed: what the state says of who the principal is, in lower case.
  func reach(_ place: PolicyPlace, exposed: String) -> PolicyReach {
    if principals.isEmpty, place == .identity { return .own }
    let all = principals.isEmpty ? [Principal.anyone] : principals
    return all.map { principal in
      switch principal {
      case .anyone: isBound ? .own : .anyone
      case .service: PolicyReach.own
      case .identity: isBound ? .own : .named
      case .federated(let provider): federated(provider, exposed)
      }
    }.max() ?? .own
  }

  /// Providers that everybody can have an identity of, and what their tokens' subject says.
  ///
  /// Source: GitHub documentation, OpenID Connect in Amazon Web Services (`sub` as `repo:ORG/REPO:ref:refs/heads/BRANCH`;
  /// without it any repository gets in); AWS IAM user guide, OIDC condition keys.
  private func federated(_ provider: String, _ exposed: String) -> PolicyReach {
    let subjects = conditions.filter {
      ($0.key.hasSuffix(":sub") || $0.key.hasSuffix(":subject") || $0.key.hasSuffix(":email")
        || $0.key.hasSuffix(":repository"))
        && !$0.test.contains("not") && !$0.test.hasSuffix("ifexists")
    }
    let isShared = [
      "token.actions.githubusercontent.com", "gitlab.com", "accounts.google.com", "app.terraform.io", "agent.buildkite",
      "oidc.circleci.com", "cognito-identity.amazonaws.com", "www.amazon.com", "graph.facebook.com", "bitbucket.org",
    ].contains { provider.lowercased().contains($0) }
    guard !subjects.isEmpty else {
      // The state may know what the provider asks for.
      if exposed.isEmpty { return isShared ? .anyone : .own }
      return .own
    }
    return subjects.map { condition -> PolicyReach in
      // Without "like" a star is a star.
      let isPattern = condition.test.contains("like")
      return condition.values.map { Self.subject($0, isPattern: isPattern) }.max() ?? .anyone
    }.min() ?? .anyone
  }

  private static func subject(_ value: String, isPattern: Bool) -> PolicyReach {
    guard isPattern, value.contains("*") || value.contains("?") else {
      return value.hasSuffix(":pull_request") ? .crowd : .own
    }
    // "repo:org/name:rest": what is fixed before the first star says who gets in.
    let fixed = value.prefix { $0 != "*" && $0 != "?" }
    guard let slash = fixed.firstIndex(of: "/") else { return .anyone }
    let name = fixed[fixed.index(after: slash)...]
    guard name.contains(":") else { return name.isEmpty ? .crowd : .named }
    return name.contains(":ref:") || name.contains(":environment:") ? .own : .named
  }
}
