import SimulationInput

/// Whether the old and the new version can live with the same data, and whether there is a way back.
enum DependencyVersions {
  static func examine(_ s: Situation, _ rollout: Rollout, _ report: inout ChangeReport) {
    image(s, &report)
    let isBack = s.proposal.kind == .rollback
    let changesSchema = s.change.flag("schema_change") ?? s.state.flag("schema_change") ?? isBack
    let readsColumn = s.state.flag("n_minus_1_reads_column")
    if readsColumn == true || (s.change.flag("n_minus_1_compatible") ?? s.state.flag("n_minus_1_compatible")) == false {
      report.add(
        DeploymentCheck.issue(
          "INCOMPATIBLE_SCHEMA", .outage, s, probability: 0.9,
          "the version before reads what the schema no longer has: "
            + (isBack
              ? "it fails when it is back" : "both run at once while it is rolled out, and there is no way back"),
          Calculation(
            equation: "columns read by n - 1 are in the schema of n", inputs: [:], value: 1, unit: "columns",
            threshold: 0, source: "expand and contract: Ambler, Sadalage, Refactoring Databases (2006)"),
          field: isBack ? s.versionField : "schema_change", remedy: "bring the column back first"))
    } else if changesSchema, readsColumn == nil, isBack, s.state.flag("schema_change") == true,
      !s.state.has("n_minus_1_error_rate") || hasDropped(s)
    {
      report.unknown(
        ["n_minus_1_reads_column"], DeploymentCheck.self,
        "the schema has changed since, and whether the version before can live with it is not known", worst: .outage, s,
        field: s.versionField, alsoCode: "INCOMPATIBLE_SCHEMA")
    }
    // While both run, and on the way back, the version before serves on the new schema.
    if let share = s.state.share("n_minus_1_error_rate"), isBack || changesSchema {
      let now = s.state.share("error_rate")
      TimeoutCheck.failures(
        share, tolerated: now.map { max($0, TimeoutCheck.toleratedShare) },
        "the version before failed \(percent(share)) of its requests",
        Calculation(
          equation: "error rate of n - 1", inputs: ["n_minus_1_error_rate": share, "now": now], value: share,
          unit: "1", threshold: TimeoutCheck.toleratedShare, source: "measured"), s.versionField ?? "", s, &report)
    }
  }

  /// Whether the state says that something is gone that an older version may read: rates from before say nothing then.
  private static func hasDropped(_ s: Situation) -> Bool {
    let words = Situation.words(s.state.texts("data", "asset", "type").joined(separator: " "))
    return !words.isDisjoint(with: ["dropped", "drops", "removed", "renamed", "deleted"])
      && !words.isDisjoint(with: ["column", "columns", "table", "tables", "field", "schema"])
  }

  private static func image(_ s: Situation, _ report: inout ChangeReport) {
    guard s.state.flag("image_available") == false else { return }
    report.add(
      DeploymentCheck.issue(
        "DOWNTIME", .outage, s, probability: 0.9,
        "the image isn't in the registry: new instances stay in ImagePullBackOff",
        Calculation(
          equation: "image available", inputs: [:], value: 0, unit: "1", threshold: 1,
          source: "Kubernetes documentation, Images"), field: s.versionField))
  }
}
