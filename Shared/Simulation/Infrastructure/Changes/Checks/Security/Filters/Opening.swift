import SimulationFirewall
import SimulationInput

/// Something that is newly let in, and how bad that is.
struct Opening {
  let set: HeaderSet
  let sensitive: SensitivePorts.Service?
  let isToEveryone: Bool
  let publicAddresses: Double
  let isWeb: Bool
  let isEverything: Bool
  /// What is opened isn't known, and it decides.
  let isUndecided: Bool
  let weight: Weight
  let probability: Double
  let exposure: Double

  /// Addresses that aren't the operator's own: public ones, and those of documentation, which stand for public ones
  /// wherever a rule is written as an example.
  static let outside = AddressSet(
    ranges: SpecialPurposeAddresses.publicAddresses.ranges
      + SpecialPurposeAddresses.blocks.filter { $0.name == "documentation" }.map(\.prefix.range))

  init(_ set: HeaderSet, _ s: Situation) {
    self.set = set
    let open = set.source.intersection(Self.outside)
    // A /64 is one subnet of the newer version, as a /24 is one of the older.
    publicAddresses = open.prefixes.reduce(0) { sum, prefix in
      sum + (prefix.version == .four ? prefix.addressCount : max(1, prefix.addressCount / 0x1p64 * 256))
    }
    let everyone = SpecialPurposeAddresses.publicAddresses.intersection(.everything(set.version))
    isToEveryone = everyone.subtracting(set.source).isEmpty
    let ports = set.destinationPorts
    let hitsTCP = set.protocols.map { $0.contains(IPProtocol.tcp) || $0.contains(IPProtocol.udp) } ?? true
    isEverything = ports == nil && hitsTCP
    sensitive =
      hitsTCP
      ? SensitivePorts.services.first { service in
        (set.protocols?.contains(service.proto) ?? true) && (ports?.contains(service.port) ?? true)
          && (ports.map { $0.count < 1_000 } ?? true)
      } : nil
    isWeb =
      ports.map { $0.ranges.allSatisfy { $0.count == 1 && ($0.lowerBound == 80 || $0.lowerBound == 443) } } ?? false
    let audience = Audience(s)
    let asset = audience.subject
    let role = (s.state.text("source_role") ?? "").lowercased()
    // A filter of requests stands before web ports; of SSH or a database it knows nothing.
    let isBehindFilter =
      s.state.flag("waf") == true && ports.map { $0.ranges.allSatisfy { Audience.isFiltered($0) } } ?? false
    let isGuarded = s.state.flag("mfa") == true || isBehindFilter
    let isInternal =
      [
        "internal", "admin", "database", "postgres", "backend", "private", "jump", "bastion", "staff", "console",
        "management", "hypervisor", "control plane", "orchestrat", "jenkins", "grafana", "kibana",
      ]
      .contains { asset.contains($0) } || audience.isToolOnly
    // Copies of production's data outside of production are guarded by nobody.
    let holdsCopies = s.proposal.tier != .production && DataClass(s) == .sensitive
    let isDistrusted = [
      "guest", "wifi", "contractor", "pull request", "pull-request", "fork", "untrusted", "internet", "public", "dmz",
      "third", "vendor", "visitor", "byod",
    ].contains { role.contains($0) }
    // A name says who somebody is; whose addresses those are it says only of one's own.
    let roleWords = Situation.words(role)
    let isOutsider = isDistrusted || !roleWords.isDisjoint(with: Audience.outsiders)
    let tier = s.exposure
    var undecided = false
    // A machine of a test environment that everybody reaches is a way in, whatever it is for.
    let foothold = max(tier, 0.85)
    switch true {
    case publicAddresses > 0 && hitsTCP
      && (isEverything || sensitive != nil || ports.map { $0.count >= 1_000 } == true):
      // A handful of known addresses with a second factor is how such access is meant to be given.
      let few = publicAddresses <= 16
      weight = .exposure
      let own = s.consumers.compactMap { text in
        text.split(separator: " ").lazy.compactMap { IPPrefix(String($0)) }.first
      }
      let isOwn = !own.isEmpty && set.sourcePrefixes.allSatisfy { source in own.contains { $0.contains(source) } }
      probability =
        isToEveryone
        ? 0.95
        : few && !isDistrusted || !role.isEmpty && !isOutsider && publicAddresses <= Audience.namedAddresses
          || isOwn && !isDistrusted && publicAddresses <= Audience.ownAddresses
          ? (isGuarded ? 0.12 : 0.3) : publicAddresses <= 256 ? 0.52 : 0.75
      exposure = foothold
    case publicAddresses > 0 && isWeb:
      let encrypted = s.state.flag("tls")
      if isInternal || holdsCopies {
        weight = .exposure
        // A filter of requests stops attacks on the program, not a stolen password.
        probability = s.state.flag("mfa") == true ? 0.35 : 0.8
      } else if !audience.isEverybody, publicAddresses > Audience.namedAddresses || isOutsider {
        // Whether it is a shop or a tool of the inside decides, and nobody said.
        weight = .exposure
        probability = s.state.flag("mfa") == true ? 0.35 : 0.5
        undecided = s.state.flag("mfa") != true
      } else if set.destinationPorts?.contains(80) == true && set.destinationPorts?.contains(443) != true {
        weight = .nuisance
        probability = 0.5
      } else {
        weight = encrypted == false ? .degradation : .nuisance
        probability = encrypted == false ? 0.75 : isGuarded || encrypted == true ? 0.15 : 0.4
      }
      exposure = holdsCopies ? foothold : tier
    case publicAddresses > 0 && hitsTCP:
      weight = .exposure
      probability = isToEveryone ? (isGuarded ? 0.4 : 0.7) : publicAddresses <= 16 ? 0.15 : isGuarded ? 0.3 : 0.5
      exposure = max(tier, 0.6)
    case isDistrusted:
      weight = .exposure
      probability = sensitive != nil || isEverything ? 0.8 : 0.5
      exposure = max(tier, 0.6)
    case isEverything:
      // Everything from an inside range is more than anyone needs.
      weight = .violation
      probability = set.source.prefixes.reduce(0) { $0 + $1.addressCount } > 65_536 ? 0.6 : 0.3
      exposure = tier
    default:
      weight = .nuisance
      probability = 0.2
      exposure = tier
    }
    isUndecided = undecided
  }

  var risk: Double {
    FindingFactors(
      probability: probability, consequence: weight.consequence, exposure: exposure,
      reversibility: weight.reversibility, blastRadius: weight.blast
    ).risk(probability: probability)
  }

  func report(_ field: String, _ count: Int, _ s: Situation, _ report: inout ChangeReport) {
    let source =
      isToEveryone
      ? (set.version == .six ? "everybody (::/0)" : "everybody (0.0.0.0/0)")
      : set.sourcePrefixes.prefix(3).map(\.description).joined(separator: ", ")
    let what =
      isEverything
      ? "every port" : "\(sensitive.map { "\($0.name), " } ?? "")port \(set.destinationPorts?.description ?? "any")"
    let message = "\(what) can be reached by \(source) and couldn't before"
    let calculation = Calculation(
      equation: "headers allowed after and not before",
      inputs: ["public_addresses": publicAddresses, "header_sets": Double(count)], value: publicAddresses,
      unit: "addresses", threshold: 0, source: "RuleSetDifference; \(SensitivePorts.benchmark)")
    // What nobody outside can reach is no exposure worth the name.
    guard publicAddresses > 0 || probability >= 0.3 else { return }
    if isUndecided {
      report.unknown(
        ["asset"], FirewallCheck.self, "\(message), and whether it is meant for everybody is not known",
        worst: weight, s, field: field, alsoCode: "EXPOSURE", exposure: exposure)
      return
    }
    report.add(
      FirewallCheck.issue(
        "EXPOSURE", weight, s, probability: probability, message, calculation, field: field, exposure: exposure,
        remedy: "name the addresses that need it"))
    guard isToEveryone else { return }
    var controls = sensitive.flatMap { SensitivePorts.control($0, set.version) }.map { [$0] } ?? []
    if isEverything { controls = [set.version == .four ? "5.2" : "5.3"] }
    for control in controls {
      report.add(
        FirewallCheck.issue(
          "CIS_\(control)", .violation, s, probability: 0.95,
          "\(SensitivePorts.benchmark), \(control): no source may be everybody for a port of remote administration",
          calculation, field: field, exposure: exposure))
    }
  }
}
