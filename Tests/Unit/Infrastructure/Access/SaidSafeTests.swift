import SimulationInfrastructure
import SimulationInput
import Testing

/// A change, the state that it meets, and whether it must stop there.
struct SaidSafeCase: Sendable {
  var name: String
  var kind = ChangeKind.security
  var target = "host"
  var change: InputValue
  var state: InputValue
  var stops: Bool
}

/// Changes that words made look safe, beside the everyday ones that they resemble: the first must stop, the second mustn't.
struct SaidSafeTests {
  private func score(_ pair: SaidSafeCase) throws -> Double {
    let proposal = ProposedChange(pair.kind, target: pair.target, change: pair.change)
    let findings = try ChangeSimulation(proposal, on: TargetTwinState(state: pair.state), simulatesHours: false).run()
    return RiskAssessment(judging: findings).score
  }

  private func check(_ pair: SaidSafeCase) throws {
    let score = try score(pair)
    #expect((score >= RiskAssessment.stopScore) == pair.stops, "\(pair.name): \(score)")
  }

  static let reloads: [(text: InputValue, grace: InputValue, stops: Bool)] = [
    ("polls every 60 s", "5min", false), ("every 5 min, without restart", "15min", false), ("hourly", "24h", false),
    ("hourly", "5s", true), ("refreshed hourly", "5min", true), ("restarted nightly", "48h", false),
    ("nightly restart", "1h", true), ("restart only, each restarted every 168 h", "24h", true),
    ("orders polls every 300 s; billing reads it at restart only", "1h", true),
    ("orders polls every 300 s, billing on restart", "1h", true), ("no automatic reload, manual redeploy", "24h", true),
    ("delivered with the next release", "24h", true), ("olive branch", "24h", true), ("not until restart", "24h", true),
    ("needs a restart", "24h", true), ("auto-reload, no restart needed", "24h", false), ("live", "1s", false),
    ("watched file, restart not needed", "1h", false), ("on each request", "1min", false), (60, "5min", false),
    (600, "5min", true), (false, "24h", true), ("orders: every minute, billing: every 6 h", "1h", true),
  ]

  @Test("an overlap is safe only if it is known to be longer than the consumers take", arguments: reloads)
  func overlap(_ text: InputValue, _ grace: InputValue, _ stops: Bool) throws {
    try check(
      SaidSafeCase(
        name: "\(text.summary) in \(grace.summary)", change: ["rotate_password": true, "grace": grace],
        state: ["consumers": ["orders", "billing"], "secret_reload": text], stops: stops))
  }

  @Test("an overlap with consumers of whom nobody said how they reload is unknown")
  func unsaidReload() throws {
    let change: InputValue = ["rotate_password": true, "grace": "24h"]
    try check(SaidSafeCase(name: "unsaid", change: change, state: ["consumers": ["orders"]], stops: true))
    try check(SaidSafeCase(name: "unused", change: change, state: ["consumers": []], stops: false))
  }

  @Test(
    "a mode that refuses nothing guards nothing, unless nothing did before",
    arguments: ["count", "transparent", "bypass", "Log only", "learning", "profile-7"])
  func guardMode(_ mode: String) throws {
    let change: InputValue = ["waf_mode": .string(mode)]
    let asset: InputValue = "public shop"
    try check(
      SaidSafeCase(name: mode, change: change, state: ["asset": asset, "waf": "blocking"], stops: true))
    try check(SaidSafeCase(name: mode, change: change, state: ["asset": asset, "waf": false], stops: false))
  }

  static let readers: [(text: String, stops: Bool)] = [
    ("public-read (no write)", true), ("anyone with the link", true), ("world-readable", true), ("not private", true),
    ("123456789012, 210987654321", true), ("arn:aws:iam::123456789012:root", true), ("level 7", true),
    ("private", false), ("non-public", false), ("deny-all", false), ("bucket-owner-full-control", false),
    ("210987654321", false),
  ]

  @Test("who reads is read word by word", arguments: readers)
  func reader(_ text: String, _ stops: Bool) throws {
    let state: InputValue = [
      "data": "customer invoices", "consumers": ["billing"], "trusted_accounts": ["210987654321"],
    ]
    try check(SaidSafeCase(name: text, change: ["acl": .string(text)], state: state, stops: stops))
  }

  static let assets: [(text: String, stops: Bool)] = [
    ("public shop load balancer", false), ("company website", false), ("product page, meant for everyone", false),
    ("payroll tool of HR", true), ("Vault UI with all secrets", true), ("Airflow", true), ("ledger", true),
    ("web dashboard of the warehouse", true), ("tool for everyone in the company", true), ("not public", true),
  ]

  @Test("a port of the web is for everybody only where the asset is said to be", arguments: assets)
  func audience(_ text: String, _ stops: Bool) throws {
    let change: InputValue = ["add_rule": ["protocol": "tcp", "port": 443, "source": "0.0.0.0/0"]]
    try check(
      SaidSafeCase(name: text, change: change, state: ["asset": .string(text), "tls": true], stops: stops))
  }

  static let sources: [(port: Double, source: String, state: InputValue, stops: Bool)] = [
    (22, "198.51.100.0/24", ["asset": "bastion", "source_role": "company vpn", "mfa": true], false),
    (22, "83.12.0.0/16", ["asset": "bastion", "source_role": "our office"], true),
    (22, "83.12.0.0/16", ["asset": "bastion", "source_role": "employees at home, ISP's range"], true),
    (5_432, "83.12.4.0/24", ["asset": "orders postgres", "source_role": "supplier", "waf": true], true),
    (8_200, "10.0.0.0/16", ["asset": "Vault", "source_role": "app subnet"], false),
    (8_200, "0.0.0.0/0", ["asset": "Vault", "waf": true], true),
    (8_088, "0.0.0.0/0", ["asset": "YARN", "waf": true], true),
    (8_888, "0.0.0.0/0", ["asset": "notebooks", "waf": true, "tls": true], true),
  ]

  @Test("a role names few addresses, and a filter of requests guards ports of the web", arguments: sources)
  func source(_ port: Double, _ source: String, _ state: InputValue, _ stops: Bool) throws {
    let change: InputValue = ["add_rule": ["protocol": "tcp", "port": .number(port), "source": .string(source)]]
    try check(SaidSafeCase(name: "\(port) from \(source)", change: change, state: state, stops: stops))
  }

  static let packets: [(target: String, after: Double, state: InputValue, stops: Bool)] = [
    ("ipsec-vpn", 1_500, ["mtu": 1_438, "peer_mtu": 1_500, "icmp_frag_needed": "blocked"], true),
    ("ipsec-vpn", 1_400, ["mtu": 1_438, "peer_mtu": 1_500, "icmp_frag_needed": "blocked"], false),
    ("vpn-tunnel", 1_420, ["mtu": 1_400, "peer_mtu": 1_422, "icmp_frag_needed": false], false),
    ("core-router", 1_200, ["mtu": 1_500, "asset": "dual-stack uplink"], true),
    ("core-router", 1_200, ["mtu": 1_500], true),
    ("core-router", 1_200, ["mtu": 1_500, "asset": "IPv4 only"], false), ("core-router", 1_280, ["mtu": 1_500], false),
    ("core-router", 500, ["mtu": 1_500, "asset": "IPv4 only"], true),
  ]

  @Test("packets fit with the most headers, and IPv6 keeps its least", arguments: packets)
  func packetSize(_ target: String, _ after: Double, _ state: InputValue, _ stops: Bool) throws {
    try check(
      SaidSafeCase(
        name: "\(target) \(after)", kind: .network, target: target, change: ["mtu": .number(after)],
        state: state, stops: stops))
  }

  static let others: [SaidSafeCase] = [
    SaidSafeCase(
      name: "a filter without a rule is switched on", change: ["firewall": "enabled"],
      state: ["consumers": ["checkout"], "acl": "default deny"], stops: true),
    SaidSafeCase(
      name: "a filter whose rules let the consumers in is switched on", change: ["firewall": "enabled"],
      state: [
        "consumers": ["10.0.1.0/24 checkout on 443"], "rules": ["ALLOW tcp 443 10.0.0.0/8"], "default_policy": "DROP",
      ], stops: false),
    SaidSafeCase(
      name: "programs without a second factor", change: ["mfa": "required"],
      state: ["client_share": ["service accounts without a second factor": 0.6, "people": 0.4]], stops: true),
    SaidSafeCase(
      name: "all enrolled", change: ["require_mfa": true], state: ["mfa": "enrolled: 38 of 38"], stops: false
    ),
    SaidSafeCase(
      name: "personal data, no regime", kind: .storage, change: ["replicate_to": "us-east-1"],
      state: ["data": "patient records"], stops: true),
    SaidSafeCase(
      name: "one region of two outside", kind: .storage, change: ["replicate_to": "eu-west-1, us-east-1"],
      state: ["data": "personal data", "regime": "GDPR"], stops: true),
    SaidSafeCase(
      name: "both regions inside", kind: .storage, change: ["replicate_to": "eu-west-1, eu-central-1"],
      state: ["data": "personal data", "regime": "GDPR"], stops: false),
    SaidSafeCase(
      name: "a week for a name that fails over", kind: .network, change: ["ttl_s": 604_800],
      state: ["before_s": 60, "consumers": ["failover by DNS of the checkout"]], stops: true),
    SaidSafeCase(
      name: "a day for a name that doesn't", kind: .network, change: ["ttl_s": 86_400],
      state: ["before_s": 60, "asset": "address of the mail server"], stops: false),
    SaidSafeCase(
      name: "half of everything", kind: .network, change: ["add_route": "0.0.0.0/1 via eni-1"],
      state: ["consumers": ["all"], "flows_per_min": 900, "other_default_route": true], stops: true),
    SaidSafeCase(
      name: "an inside network", kind: .network, change: ["add_route": "10.0.0.0/8 via tgw-1"],
      state: ["consumers": ["all"], "flows_per_min": 900], stops: false),
  ]

  @Test("and so on", arguments: others)
  func other(_ pair: SaidSafeCase) throws { try check(pair) }

  static let conditions: [(test: String, key: String, value: String, stops: Bool)] = [
    ("StringLike", "aws:PrincipalOrgID", "o-*", true), ("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5", false),
    ("StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/r-ab12/*", false),
    ("StringEquals", "kms:ViaService", "s3.eu-west-1.amazonaws.com", true),
    ("StringEquals", "lambda:FunctionUrlAuthType", "NONE", true),
  ]

  @Test("a condition binds only to what a caller can't choose", arguments: conditions)
  func condition(_ test: String, _ key: String, _ value: String, _ stops: Bool) throws {
    let condition = InputValue.object([.init(test, .object([.init(key, .string(value))]))])
    let statement: InputValue = [
      "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::invoices/*",
      "Condition": condition,
    ]
    try check(
      SaidSafeCase(
        name: "\(key) \(value)",
        change: ["bucket_policy": ["Version": "2012-10-17", "Statement": [statement]]],
        state: ["data": "customer invoices"], stops: stops))
  }
}
