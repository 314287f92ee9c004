import SimulationFirewall

/// For whom something is, by what is said of it, and whose addresses a role names.
///
/// What isn't said to be for everybody isn't taken to be: a port for the web may have a shop behind it, or the payroll.
struct Audience: Sendable, Hashable {
  /// What is said of the asset, or, where nothing is, the target's name and kind; lower case.
  let subject: String
  /// It is said to be for everybody, and not to be a tool of those inside.
  let isEverybody: Bool
  /// It is a tool of those inside, and nobody says otherwise.
  let isToolOnly: Bool

  init(_ s: Situation) {
    let asset = s.state.texts("asset").joined(separator: " ").lowercased()
    subject = asset.isEmpty ? "\(s.proposal.target) \(s.targetKind)".lowercased() : asset
    let words = Situation.words(subject)
    let isDenied = Self.denials.contains(where: subject.contains)
    let isExplicit = !isDenied && Self.saysPublic(subject, words)
    let isTool =
      !words.isDisjoint(with: Self.tools) || Self.toolPhrases.contains(where: subject.contains)
    let isLikely =
      !words.isDisjoint(with: Self.publicThings) || Self.publicPhrases.contains(where: subject.contains)
      || s.consumers.contains { FlowEnd($0).isPublic }
    isToolOnly = isTool && !isExplicit
    isEverybody =
      !isDenied && !isTool && (isExplicit || isLikely && words.isDisjoint(with: Self.interfaces))
  }

  /// Up to so many public addresses a role may name: a /24. A provider's range is its customers'.
  static let namedAddresses = 256.0
  /// Up to so many that the twin knows as the target's own consumers: a /16.
  static let ownAddresses = 65_536.0

  /// Ports that filters of web requests stand before.
  static func isFiltered(_ range: ClosedRange<UInt16>) -> Bool {
    range.count == 1 && [80, 443, 8_080, 8_443].contains(range.lowerBound)
  }

  /// Roles of people and machines that aren't the operator's.
  static let outsiders: Set<String> = [
    "partner", "partners", "supplier", "suppliers", "agency", "agencies", "isp", "home", "provider", "carrier",
    "broadband", "residential", "hotel", "customer", "customers", "freelancer", "freelancers", "outsourcing",
    "external",
    "consultant", "consultants", "client", "clients", "roaming", "cafe", "coworking",
  ]

  private static func saysPublic(_ text: String, _ words: Set<String>) -> Bool {
    if !words.isDisjoint(with: [
      "public", "storefront", "website", "websites", "cdn", "visitors", "landing", "blog", "homepage", "marketing",
    ]) {
      return true
    }
    // Everyone of the company is not everyone.
    return !words.isDisjoint(with: ["everyone", "everybody", "anyone", "anybody"])
      && words.isDisjoint(with: ["employees", "employee", "staff", "colleagues", "company", "team", "inside", "office"])
  }

  private static let denials = [
    "not public", "non-public", "nonpublic", "not meant for", "not for everyone", "no public", "not internet",
    "no internet", "never public", "isn't public",
  ]
  private static let tools: Set<String> = [
    "payroll", "hr", "vault", "airflow", "argocd", "jupyter", "notebook", "notebooks", "backoffice", "intranet",
    "employees", "erp", "gitlab", "nexus", "artifactory", "sonarqube", "prometheus", "consul", "nomad", "rancher",
    "phpmyadmin", "adminer", "pgadmin", "secrets", "rundeck", "spinnaker", "portainer", "superset", "metabase",
  ]
  private static let toolPhrases = ["back office", "back-office", "argo cd"]
  private static let publicThings: Set<String> = ["shop", "webshop", "web", "www", "internet", "browsers"]
  private static let publicPhrases = [
    "online store", "web store", "web site", "public site", "company site", "for customers", "customer portal",
    "customer-facing", "product catalog",
  ]
  /// A web user interface is a tool's, whoever uses it.
  private static let interfaces: Set<String> = [
    "ui", "gui", "dashboard", "dashboards", "interface", "tool", "tools", "console", "panel",
  ]
}
