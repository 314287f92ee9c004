import SimulationInput

/// Labels for people and the bill, which no machine acts on.
///
/// Labels also select: a Kubernetes service finds its pods, a backup plan its volumes and a policy its resources by them,
/// and annotations configure controllers. So only keys that name who owns and who pays something count, and the keys that
/// the documentation of Kubernetes ("Recommended Labels") and Helm reserve for information.
enum BillingLabels {
  private static let places: Set<String> = ["tags", "labels", "annotations", "tag", "label"]
  private static let subjects: Set<String> = [
    "cost", "costs", "team", "owner", "owners", "billing", "department", "contact", "project", "purpose", "ticket",
    "created", "creator", "managed", "repository", "repo", "commit", "description", "cc", "maintainer", "email",
    "slack",
    "unit", "budget", "squad", "tribe",
  ]
  private static let reserved = [
    "app.kubernetes.io/version", "app.kubernetes.io/managed-by", "helm.sh/chart", "kubernetes.io/change-cause",
  ]

  static func areAll(_ path: [String], _ value: InputValue) -> Bool {
    guard let place = path.last?.split(separator: "_").last, places.contains(String(place)),
      case .object(let labels) = value, !labels.isEmpty
    else {
      return false
    }
    return labels.allSatisfy { label in
      guard FactValue.text(label.value) != nil, label.name.utf8.count <= Vocabulary.maxNameLength else { return false }
      if reserved.contains(label.name) { return true }
      guard !label.name.contains("/"), let first = Vocabulary.snake(label.name).split(separator: "_").first else {
        return false
      }
      return subjects.contains(String(first))
    }
  }
}
