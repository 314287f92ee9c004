import SimulationInfrastructure
import SimulationInput
import Testing

/// Changes of access whose value can't be what its name says.
struct UnreadableAccessTests {
  static let names = [
    "iptables", "iptables -I INPUT", "nft", "ufw", "firewall-cmd", "command", "aws_network_acl_rule", "security_rules",
    "google_compute_firewall", "azurerm_network_security_rule", "allow_ssh_from", "deny_postgres_from", "NetworkPolicy",
    "network_policy", "egress", "egress_allow", "egress_deny", "trust_policy", "key_policy", "assume_role_policy",
    "inline_policy", "allow_list", "blocklist", "authorized_networks", "add_rule", "ingress", "ip_permissions",
    "insert_rule",
  ]
  static let values: [InputValue] = [
    "?", "not a rule at all", 1e300, -1, [nil], ["x"], [["x"]], ["port": ["x": ["y": 1]]], ["a": nil],
    ["source": "nowhere"],
    ["Statement": "x"], ["spec": ["egress": "x"]], ["allowed": 3], ["to": ["to": ["to": "x"]]], "{\"Statement\": [}",
    .string(String(repeating: "🦑", count: 300)), .array(Array(repeating: ["source": "x"], count: 100)),
  ]

  @Test("is never approved", arguments: names)
  func neverApproved(_ name: String) throws {
    for value in Self.values {
      for kind in [ChangeKind.security, .network] {
        let proposal = ProposedChange(kind, target: "host", change: .object([.init(name, value)]))
        let findings = try ChangeSimulation(proposal, on: TargetTwinState(state: .object([])), simulatesHours: false)
          .run()
        let score = RiskAssessment(judging: findings).score
        #expect(score >= RiskAssessment.stopScore, "\(kind) \(name): \(value.summary.prefix(60)) scores \(score)")
      }
    }
  }
}
