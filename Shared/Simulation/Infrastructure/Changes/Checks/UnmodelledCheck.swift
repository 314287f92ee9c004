import SimulationInput

/// Settings that no model knows: what they do was not simulated, and nobody should read a low score as "safe".
enum UnmodelledCheck: ChangeCheck {
  static let model = "coverage"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let isUnderstood = s.settings.contains { report.understood.contains($0) || isSame($0, s) }
    let isRollout = s.proposal.kind == .deployment || s.proposal.kind == .rollback
    let unknown = s.statements.filter {
      !report.understood.contains($0) && !isSame($0, s)
        && !(s.isQualifier($0) && (isUnderstood || isRollout) && !RolloutManners.isAlarming($0, s))
    }
    // Before what only looks like company: a label beside a riddle doesn't solve it.
    let isBeside = s.change.names.contains { report.understood.contains($0) }
    let calm = unknown.filter { HarmlessSettings.contains($0, s) && !RolloutManners.isAlarming($0, s) }
    calm.forEach { report.understand($0) }
    let riddles = unknown.filter { !calm.contains($0) }
    guard !riddles.isEmpty else { return }
    report.ran(self)
    for field in riddles {
      // Beside what is understood, a listed word of a rollout or a migration says how it is done. Everything else is a
      // change of its own, and what it does isn't known. Of configurations and access rules every word counts.
      if isBeside, ![.configuration, .security, .network].contains(s.proposal.kind), RolloutManners.contains(field, s) {
        report.add(
          issue(
            "NOT_EXTRAPOLABLE", .degradation, s, probability: 0.3, "no model knows what \(field) does",
            Calculation(
              equation: "settings without a model", inputs: [:], value: 1, unit: "settings", threshold: 0,
              source: "coverage of the models"), field: field))
        continue
      }
      report.unknown(
        [field], self, "no model knows what \(field) does, so its effect was not simulated", worst: .degradation, s,
        field: field, alsoCode: "NOT_EXTRAPOLABLE")
    }
  }

  private static func isSame(_ field: String, _ s: Situation) -> Bool {
    s.change.object[field].map { $0 == s.state.object[field] } ?? false
  }
}
