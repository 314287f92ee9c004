public import SimulationInput

/// What load the simulated hours are put under, and what fails in them.
///
/// Comes as a name such as "flash_crowd", or as an object such as `{"type": "flash_crowd", "factor": 4}`.
public struct LoadScenario: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The forecast from what was recorded; what is used when nobody says.
    case forecast
    /// The newest recorded days again.
    case recorded
    /// The highest load that is known, all the time.
    case peakTraffic = "peak_traffic"
    /// A crowd on top of the forecast, at its crest.
    case flashCrowd = "flash_crowd"
    /// One zone fails at the crest.
    case zoneFailure = "zone_failure"
    /// Nodes fail at the crest, each with one instance.
    case nodeFailure = "node_failure"
    /// What the target calls becomes slow or goes away at the crest, and callers try again.
    case dependencyFailure = "dependency_failure"
  }

  /// A number that says more about a scenario.
  public struct Parameter: Sendable, Hashable {
    /// With the unit in the name.
    public let name: String
    public let range: ClosedRange<Double>
    public let isWhole: Bool

    init(_ name: String, _ range: ClosedRange<Double>, isWhole: Bool = false) {
      self.name = name
      self.range = range
      self.isWhole = isWhole
    }
  }

  /// nil when the scenario's name is one that nobody knows.
  public let kind: Kind?
  /// As the caller wrote it; the kind's own where nothing was said.
  public let name: String
  /// What the caller says of it, without what isn't a parameter or is out of its range.
  let told: [String: Double]

  /// Reads a scenario; what can't be understood is left out of it, see `problems(with:field:)`.
  public init(_ value: InputValue) {
    let name = Self.name(of: value)
    let kind = name == nil ? .forecast : name.flatMap(Self.kind(named:))
    var told: [String: Double] = [:]
    if case .object(let members) = value, let kind {
      let parameters = Self.parameters(of: kind)
      for member in members {
        let name = Self.synonyms[member.name] ?? member.name
        guard let parameter = parameters.first(where: { $0.name == name }),
          let number = FactValue.number(member.value), Self.problem(number, parameter) == nil
        else { continue }
        told[name] = number
      }
    }
    self.kind = kind
    self.name = name ?? Kind.forecast.rawValue
    self.told = told
  }

  /// What is wrong with a scenario: each field with what would be accepted.
  public static func problems(with value: InputValue, field: String) -> [InvalidInput.Issue] {
    let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
    if value == .null { return [] }
    guard let name = name(of: value) else {
      guard case .object = value else {
        return [.init(field: field, reason: "must be one of \(known), or an object with such a type")]
      }
      return [.init(field: "\(field).type", reason: "is required; one of \(known)")]
    }
    guard let kind = kind(named: name) else {
      var path = field
      if case .object = value { path += value["type"] == nil ? ".name" : ".type" }
      return [.init(field: path, reason: "must be one of \(known); '\(name.prefix(64))' is none of them")]
    }
    guard case .object(let members) = value else { return [] }
    let parameters = parameters(of: kind)
    return members.compactMap { member in
      guard !["type", "name"].contains(member.name) else { return nil }
      let path = "\(field).\(member.name.prefix(64))"
      let name = synonyms[member.name] ?? member.name
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        let names = parameters.map(\.name).joined(separator: ", ")
        return .init(field: path, reason: "is no parameter of \(kind.rawValue), which has \(names)")
      }
      guard let number = FactValue.number(member.value) else { return .init(field: path, reason: "must be a number") }
      return problem(number, parameter).map { .init(field: path, reason: $0) }
    }
  }

  /// The parameters of a kind, in the order in which they are shown.
  public static func parameters(of kind: Kind) -> [Parameter] {
    // A simulation lasts at most 720 h.
    let span = [Parameter("duration_minutes", 1...43_200), Parameter("start_hour", 0...720)]
    switch kind {
    case .forecast: return [Parameter("coverage", 0.5...0.95)]
    case .recorded: return [Parameter("days", 1...14, isWhole: true)]
    // Less than the highest load that is known would hide what comes anyway.
    case .peakTraffic: return [Parameter("factor", 1...1_000)]
    case .flashCrowd:
      return [Parameter("factor", 1...1_000)] + span
        + [Parameter("ramp_minutes", 0.5...1_440), Parameter("decay_minutes", 0.5...1_440)]
    case .zoneFailure: return [Parameter("zones", 2...100, isWhole: true)] + span
    case .nodeFailure: return [Parameter("nodes", 1...10_000, isWhole: true)] + span
    case .dependencyFailure:
      return [Parameter("slowdown", 1...1_000), Parameter("capacity_loss", 0...1)] + span
        + [
          Parameter("timeout_s", 0.001...3_600), Parameter("max_attempts", 1...100, isWhole: true),
          Parameter("backoff_s", 0...600),
        ]
    }
  }

  private static func problem(_ number: Double, _ parameter: Parameter) -> String? {
    let (low, high) = (brief(parameter.range.lowerBound), brief(parameter.range.upperBound))
    guard parameter.range.contains(number), !parameter.isWhole || number == number.rounded() else {
      return "must be \(parameter.isWhole ? "a whole number " : "")from \(low) to \(high)"
    }
    return nil
  }

  private static func name(of value: InputValue) -> String? {
    switch value {
    case .string(let text): text
    case .object: (value["type"] ?? value["name"]).flatMap(FactValue.text)
    default: nil
    }
  }

  private static func kind(named name: String) -> Kind? {
    let plain = String(name.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
    return Kind(rawValue: plain) ?? aliases[plain]
  }

  private static let aliases: [String: Kind] = [
    "seasonal": .forecast, "seasonal_forecast": .forecast, "replay": .recorded, "peak": .peakTraffic,
    "flash": .flashCrowd, "spike": .flashCrowd, "traffic_spike": .flashCrowd, "viral": .flashCrowd,
    "zone_outage": .zoneFailure, "zone_loss": .zoneFailure, "node_outage": .nodeFailure, "node_loss": .nodeFailure,
    "dependency_outage": .dependencyFailure, "dependency_slow": .dependencyFailure,
  ]

  private static let synonyms = ["multiplier": "factor", "x": "factor"]
}

extension ProposedChange {
  /// With a load scenario that the change itself names, as the first clients did, where scenarios belong. It isn't a
  /// setting, so no check sees it in the change any more.
  func liftingLoadScenario() -> ProposedChange {
    guard case .object(let members) = change, let named = change["load_scenario"] else { return self }
    var lifted = self
    lifted.change = .object(members.filter { $0.name != "load_scenario" })
    if loadScenario == .null { lifted.loadScenario = named }
    return lifted
  }
}
