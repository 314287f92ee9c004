import SimulationInput

/// Settings that no model knows: what they do was not simulated, and nobody should read a low score as "safe".
enum UnmodelledCheck: ChangeCheck {
  static let model = "coverage"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let unknown = s.settings.filter { !report.understood.contains($0) && !isSame($0, s) }
    guard !unknown.isEmpty else { return }
    report.ran(self)
    for field in unknown {
      report.unknown(
        [field], self, "no model knows what \(field) does, so its effect was not simulated", worst: .degradation, s,
        field: field, alsoCode: "NOT_EXTRAPOLABLE")
    }
  }

  private static func isSame(_ field: String, _ s: Situation) -> Bool {
    s.change.object[field].map { $0 == s.state.object[field] } ?? false
  }
}
