import SimulationFirewall
import SimulationInput
import Testing

@testable import SimulationInfrastructure

/// Rules, network policies and policy documents, as the documentation of each format shows them.
struct AccessObjectTests {
  // MARK: Clouds' rules

  private func edits(_ value: InputValue) throws -> [FirewallEdit] {
    try #require(RuleObject.edits(value, kind: .add, field: "f"))
  }

  @Test func securityGroupPermission() throws {
    let edit = try #require(
      try edits(["IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [["CidrIp": "203.0.113.0/24"]]]).first)
    #expect(edit.rule?.matches.first?.destinationPorts == PortSet(22))
    #expect(edit.rule?.matches.first?.source == AddressSet("203.0.113.0/24"))
    #expect(edit.direction == .inbound && !edit.isStateless)
    let all = try #require(
      try edits(["ip_protocol": "-1", "from_port": -1, "to_port": -1, "cidr_ipv4": "0.0.0.0/0"]).first)
    #expect(all.rule?.matches.first?.destinationPorts == nil && all.rule?.matches.first?.protocols == nil)
  }

  @Test func networkACLEntry() throws {
    let entry = try #require(
      try edits([
        "RuleNumber": 100, "Protocol": "6", "RuleAction": "allow", "Egress": false, "CidrBlock": "0.0.0.0/0",
        "PortRange": ["From": 443, "To": 443],
      ]).first)
    #expect(entry.number == 100 && entry.isStateless && entry.rule?.action == .accept)
    #expect(entry.rule?.matches.first?.destinationPorts == PortSet(443))
    let out = try #require(
      try edits([
        "rule_number": 90, "egress": true, "protocol": "tcp", "rule_action": "deny", "cidr_block": "10.0.0.0/8",
      ]).first)
    #expect(out.direction == .outbound && out.rule?.action == .deny)
    #expect(out.rule?.matches.first?.destination == AddressSet("10.0.0.0/8") && out.rule?.matches.first?.source == nil)
  }

  @Test func googleFirewall() throws {
    let rules = try edits([
      "direction": "INGRESS", "priority": 1_000, "sourceRanges": ["10.0.0.0/8", "192.168.0.0/16"],
      "allowed": [["IPProtocol": "tcp", "ports": ["22", "8080-8090"]], ["IPProtocol": "icmp"]],
    ])
    #expect(rules.count == 2 && rules[0].number == 1_000)
    #expect(rules[0].rule?.matches.first?.destinationPorts == PortSet("22,8080-8090"))
    #expect(rules[1].rule?.matches.first?.protocols == [IPProtocol.icmp])
    #expect(try edits(["disabled": true, "allowed": [["IPProtocol": "all"]]]).isEmpty)
  }

  @Test func azureRule() throws {
    let rule = try #require(
      try edits([
        "name": "r",
        "properties": [
          "protocol": "*", "sourceAddressPrefix": "Internet", "destinationAddressPrefix": "*", "access": "Deny",
          "destinationPortRange": "3389", "sourcePortRange": "*", "priority": 130, "direction": "Inbound",
        ],
      ]).first)
    #expect(rule.rule?.action == .deny && rule.number == 130 && rule.rule?.matches.first?.source == nil)
    #expect(rule.rule?.matches.first?.destinationPorts == PortSet(3389))
  }

  /// Numbered rules take their place by number.
  @Test func numbers() throws {
    let rules = try RuleSet([try Rule("ALLOW tcp 443 any"), try Rule("DENY all any")])
    let edit = try #require(
      try edits(["rule_number": 150, "rule_action": "allow", "protocol": "tcp", "port": 22]).first)
    #expect(
      try edit.applied(to: rules, isKnown: true, numbers: [100, 200]).rules[1].matches.first?.destinationPorts
        == PortSet(22))
    #expect(
      try edit.applied(to: rules, isKnown: true, numbers: [160, 200]).rules[0].matches.first?.destinationPorts
        == PortSet(22))
  }

  @Test func removalByNumber() throws {
    let rules = try RuleSet([try Rule("ALLOW tcp 443 any"), try Rule("DENY all any")])
    let edit = try #require(
      RuleObject.edits(["rule_number": 200, "egress": false], kind: .remove, field: "f")?.first)
    #expect(edit.rule == nil)
    #expect(try edit.applied(to: rules, isKnown: true, numbers: [100, 200]).rules.map(\.action) == [.accept])
    #expect(RuleObject.edits(["rule_number": 200], kind: .insert, field: "f") == nil)
  }

  static let noRules: [InputValue] = [
    ["port": "ninety", "source": "10.0.0.0/8"], ["port": 22, "source": "somewhere"], ["port_range": ["from": 1]],
    ["allowed": ["tcp:22"]], ["protocol": "warp", "port": 1], "text", [1, 2],
  ]

  @Test("what can't be read is no rule", arguments: noRules)
  func unreadable(_ value: InputValue) { #expect(RuleObject.edits(value, kind: .add, field: "f") == nil) }

  // MARK: Network policies

  /// The example of the Kubernetes documentation, Network Policies.
  private let documented: InputValue = [
    "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": ["name": "test-network-policy"],
    "spec": [
      "podSelector": ["matchLabels": ["role": "db"]], "policyTypes": ["Ingress", "Egress"],
      "ingress": [
        [
          "from": [
            ["ipBlock": ["cidr": "172.17.0.0/16", "except": ["172.17.1.0/24"]]],
            ["namespaceSelector": ["matchLabels": ["project": "myproject"]]],
            ["podSelector": ["matchLabels": ["role": "frontend"]]],
          ], "ports": [["protocol": "TCP", "port": 6379]],
        ]
      ],
      "egress": [["to": [["ipBlock": ["cidr": "10.0.0.0/24"]]], "ports": [["protocol": "TCP", "port": 5978]]]],
    ],
  ]

  private func policy(_ value: InputValue, isEgress: Bool) throws -> DestinationPolicy {
    let told = try #require(DestinationPolicy.kubernetes(value, isEgress: isEgress))
    return try #require(told)
  }

  @Test func documentedPolicy() throws {
    let ingress = try policy(documented, isEgress: false)
    func arrives(_ text: String) -> DestinationPolicy.Verdict { ingress.verdict(FlowEnd(text), isInside: true) }
    #expect(arrives("172.17.5.4:6379 worker") == .passes)
    #expect(arrives("172.17.1.4:6379 worker") == .isCut)
    #expect(arrives("172.17.5.4:5432 worker") == .isCut)
    #expect(arrives("frontend on port 6379") == .passes)
    #expect(arrives("reporting on port 6379") == .undecided)
    let egress = try policy(documented, isEgress: true)
    #expect(egress.verdict(FlowEnd("10.0.0.9:5978"), isInside: true) == .passes)
    #expect(egress.verdict(FlowEnd("10.0.1.9:5978"), isInside: true) == .isCut)
    #expect(egress.verdict(FlowEnd("api.example.com:443"), isInside: false) == .isCut)
  }

  @Test func defaultsOfPolicies() throws {
    let closed: InputValue = ["podSelector": [:], "policyTypes": ["Ingress"]]
    let silent = try #require(DestinationPolicy.kubernetes(closed, isEgress: true))
    #expect(silent == nil)
    let ingress = try policy(closed, isEgress: false)
    #expect(ingress.verdict(FlowEnd("anyone"), isInside: true) == .isCut)
    let open: InputValue = ["podSelector": [:], "ingress": [[:]]]
    let all = try policy(open, isEgress: false)
    #expect(all.verdict(FlowEnd("anyone"), isInside: true) == .passes)
    let ranged: InputValue = [
      "policyTypes": ["Egress"],
      "egress": [["to": [["ipBlock": ["cidr": "10.0.0.0/24"]]], "ports": [["port": 32_000, "endPort": 32_768]]]],
    ]
    let range = try policy(ranged, isEgress: true)
    #expect(range.verdict(FlowEnd("10.0.0.9:32500"), isInside: true) == .passes)
    #expect(range.verdict(FlowEnd("10.0.0.9:32769"), isInside: true) == .isCut)
  }

  @Test func lists() throws {
    let list = try #require(
      DestinationPolicy(list: [
        "effect": "allow", "entries": ["*.example.com:443", "10.0.0.0/8", "smtp.example.net:smtp"],
      ]))
    func leaves(_ text: String, isInside: Bool = false) -> DestinationPolicy.Verdict {
      list.verdict(FlowEnd(text), isInside: isInside)
    }
    #expect(leaves("api.example.com:443") == .passes)
    #expect(leaves("api.example.com:80") == .isCut)
    #expect(leaves("example.com.evil.net:443") == .isCut)
    #expect(leaves("10.4.5.6:5432", isInside: true) == .passes)
    #expect(leaves("smtp.example.net:25") == .passes)
    #expect(DestinationPolicy(list: ["effect": "allow", "entries": [["to": 5]]]) == nil)
    #expect(DestinationPolicy(list: ["effect": "allow", "entries": [.string("host:nosuchport")]]) == nil)
  }

  // MARK: Policies

  private func reach(_ place: PolicyPlace, _ value: InputValue) throws -> PolicyReach? {
    try #require(PolicyDocument(value)).statements.map { $0.reach(place, exposed: "") }.max()
  }

  static let bindings: [(InputValue, PolicyReach)] = [
    (["StringEquals": ["aws:SourceVpce": "vpce-1a2b3c4d"]], PolicyReach.own),
    (["StringEquals": ["aws:PrincipalOrgID": "o-xxxxxxxxxx"]], .own),
    (["StringLike": ["aws:PrincipalOrgID": "*"]], .anyone),
    (["IpAddress": ["aws:SourceIp": "203.0.113.0/24"]], .own),
    (["IpAddress": ["aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/0"]]], .anyone),
    (["NotIpAddress": ["aws:SourceIp": "203.0.113.0/24"]], .anyone),
    (["StringEquals": ["aws:UserAgent": "invoice-app"]], .anyone),
    (["StringLike": ["aws:UserAgent": "app/*"]], .anyone),
    (["StringEqualsIfExists": ["aws:SourceVpce": "vpce-1a2b3c4d"]], .anyone),
    (["ArnLike": ["aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:topic"]], .own),
    (["ArnLike": ["aws:SourceArn": "arn:aws:sns:*:*:*"]], .anyone),
    (["Bool": ["aws:SecureTransport": "true"]], .anyone),
  ]

  @Test("who is let in by which condition", arguments: bindings)
  func conditions(_ condition: InputValue, _ expected: PolicyReach) throws {
    let statement: InputValue = [
      "Version": "2012-10-17",
      "Statement": ["Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Condition": condition],
    ]
    #expect(try reach(.bucket, statement) == expected)
  }

  static let subjectsOfTokens: [(String, String, PolicyReach)] = [
    ("StringEquals", "repo:octo-org/octo-repo:ref:refs/heads/octo-branch", PolicyReach.own),
    ("StringLike", "repo:octo-org/octo-repo:ref:refs/heads/*", .own),
    ("StringLike", "repo:octo-org/octo-repo:*", .named), ("StringLike", "repo:octo-org/*", .crowd),
    ("StringEquals", "repo:octo-org/octo-repo:pull_request", .crowd), ("StringLike", "repo:*", .anyone),
    ("StringLike", "*", .anyone), ("StringEquals", "*", .own),
  ]

  @Test("who may take a role by the subject of a token", arguments: subjectsOfTokens)
  func subjects(_ test: String, _ subject: String, _ expected: PolicyReach) throws {
    let provider = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
    let statement: InputValue = [
      "Effect": "Allow", "Principal": ["Federated": .string(provider)], "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": .object([
        .init(
          test,
          [
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": .string(subject),
          ])
      ]),
    ]
    #expect(try reach(.trust, statement) == expected)
  }

  @Test func shapesOfDocuments() throws {
    let nested: InputValue = [
      ["Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::a/*"], ["Statement": [["Action": "*", "Resource": "*"]]],
    ]
    let document = try #require(PolicyDocument(nested))
    #expect(document.statements.map(\.actions) == [["s3:GetObject"], ["*"]])
    #expect(try #require(PolicyDocument(["NotAction": "iam:*", "Resource": "*"])).statements[0].areActionsExcluded)
    #expect(PolicyDocument("AdministratorAccess") == nil)
    #expect(PolicyDocument(["Effect": "Allow"]) == nil)
    #expect(
      try reach(.bucket, ["NotPrincipal": ["AWS": "111122223333"], "Effect": "Allow", "Action": "s3:*"]) == .anyone)
    #expect(try reach(.key, ["Principal": ["AWS": "arn:aws:iam::111122223333:root"], "Action": "kms:*"]) == .named)
    #expect(try reach(.trust, ["Principal": ["Service": "ec2.amazonaws.com"], "Action": "sts:AssumeRole"]) == .own)
  }

  @Test func policiesInTexts() throws {
    let text =
      #"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get\u002a", "Resource": "*"}]}"#
    let change = AccessForms.gathered(["aws_iam_role_policy": ["name": "p", "policy": .string(text)]])
    let gathered = try #require(change[AccessForms.policies])
    guard case .array(let parts) = gathered else { throw RuleSyntaxError(.unfinished, text: "not gathered") }
    let document = try #require(parts.first?["document"].flatMap { PolicyDocument($0) })
    #expect(document.statements.map(\.actions) == [["s3:Get*"]])
    for length in 0..<text.count { #expect(PolicyText.value(String(text.prefix(length))) == nil) }
    for bad in [
      "{\"a\":1,\"a\":2}", "{} {}", "[1,]", "{\"a\" 1}", "\"\\ud800\"", "\"\u{1}\"", "nan", "+1", "{a: 1}",
      String(repeating: "[", count: 5_000), String(repeating: "{\"a\":", count: 5_000),
      "\"" + String(repeating: "x", count: 70_000) + "\"",
    ] { #expect(PolicyText.value(bad) == nil, "\(bad.prefix(40))") }
    #expect(PolicyText.value("[1, -2.5e1, true, null, \"\\\"\\n\"]") == [1, -25, true, nil, "\"\n"])
  }

  @Test("documents without end or bottom are refused")
  func boundless() {
    var deep: InputValue = ["Action": "*"]
    for _ in 0..<200 { deep = ["Statement": [deep]] }
    #expect(PolicyDocument(deep) == nil)
    let wide: InputValue = .array(Array(repeating: ["Action": "s3:GetObject"], count: 5_000))
    #expect(PolicyDocument(wide) == nil)
    let rules: InputValue = [
      "allowed": .array(Array(repeating: ["IPProtocol": "tcp", "ports": ["22"]], count: 5_000))
    ]
    #expect(RuleObject.edits(rules, kind: .add, field: "f") == nil)
    #expect(
      DestinationPolicy(
        list: ["effect": "allow", "entries": .array(Array(repeating: "10.0.0.0/8", count: 5_000))]) == nil)
  }

  @Test(
    "what was gathered once is gathered again unchanged",
    arguments: [
      ["iptables -I INPUT": ["num": 2, "target": "DROP", "proto": "tcp", "source": "10.8.0.0/16"]],
      ["ufw": "append", "rule": "ACCEPT tcp 9200 any"], ["allow_ssh_from": "203.0.113.7/32", "replicas": 3],
      ["NetworkPolicy": ["policyTypes": ["Egress"]], "egress_allow": ["10.0.0.0/8"]],
      ["bucket_policy": ["Principal": "*", "Action": "s3:GetObject"]],
      ["allow_list": ["10.0.0.0/8"], "default": "deny"], ["egress": "default deny", "allow": ["10.0.0.0/8"]],
      ["network_policy": "default deny egress", "allow_egress": ["10.0.0.0/8:443"]],
      ["direction": "INGRESS", "sourceRanges": ["0.0.0.0/0"], "allowed": [["IPProtocol": "tcp", "ports": ["22"]]]],
    ] as [InputValue])
  func idempotent(_ change: InputValue) {
    let once = AccessForms.gathered(change)
    #expect(once != change)
    #expect(AccessForms.gathered(once) == once)
  }
}
