/// How much an action of a policy can do, 0 to 1.
///
/// Source: AWS service authorization reference (access levels read, write, permissions management); what can give itself
/// more is worth everything (Rhino Security Labs' list of IAM escalations).
enum ActionPower {
  private static let escalating = [
    "iam:passrole", "iam:createaccesskey", "iam:attach", "iam:put", "iam:updateassumerolepolicy",
    "iam:createpolicyversion", "iam:setdefaultpolicyversion", "sts:assumerole", "lambda:updatefunctioncode",
    "impersonate", "escalate", "bind", "iam:createloginprofile", "iam:addusertogroup", "iam:updateloginprofile",
    "ssm:sendcommand", "ssm:startsession", "lambda:createfunction", "ec2:runinstances", "cloudformation:",
  ]

  static func of(_ action: String) -> Double {
    let action = action.lowercased()
    if !action.isEmpty, action.allSatisfy({ $0 == "*" || $0 == ":" }) { return 1 }
    let name = action.split(separator: ":").last.map(String.init) ?? action
    let service = action.split(separator: ":").first.map(String.init) ?? ""
    if escalating.contains(where: { action.hasPrefix($0) }) { return 0.95 }
    if ["iam", "sts", "kms", "organizations", "secretsmanager"].contains(service), name == "*" { return 0.95 }
    if name == "*" { return 0.75 }
    // "iam:Pass*" is what it begins.
    let fixed = action.prefix { $0 != "*" && $0 != "?" }
    if fixed.count < action.count, fixed.contains(":"), escalating.contains(where: { $0.hasPrefix(fixed) }) {
      return 0.95
    }
    if reads(action) {
      return ["secretsmanager", "ssm", "kms"].contains(service) || name.contains("secret") ? 0.6 : 0.25
    }
    if name.hasPrefix("delete") || name.hasPrefix("terminate") || name.hasPrefix("drop") || name.hasPrefix("exec") {
      return 0.7
    }
    if name == "decrypt" { return 0.55 }
    return 0.4
  }

  /// Whether an action only looks.
  static func reads(_ action: String) -> Bool {
    let name = action.lowercased().split(separator: ":").last.map(String.init) ?? action.lowercased()
    return ["get", "list", "describe", "read", "watch", "view", "select", "head", "batchget", "receive"].contains {
      name.hasPrefix($0)
    }
  }
}
