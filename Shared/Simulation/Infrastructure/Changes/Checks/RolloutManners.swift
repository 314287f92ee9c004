import SimulationInput

/// How something is done beside what is done: waits, batches, checks between steps.
///
/// Sources: Kubernetes API (DeploymentSpec, StatefulSetSpec), `helm upgrade` and `kubectl rollout` options, Terraform CLI
/// (`apply` options), AWS documentation (instance refresh, CodeDeploy, ECS deployment configuration), gh-ost and
/// pt-online-schema-change options. A name belongs here only if none of its values does more than slow the change down
/// or stop it early.
enum RolloutManners {
  private static let names: Set<String> = [
    // Kubernetes, Helm
    "timeout", "wait_for_jobs", "atomic", "history_max", "revision_history_limit", "progress_deadline_seconds",
    "min_ready_seconds", "change_cause", "record", "field_manager", "chart_version", "chart", "release_name",
    // Terraform
    "parallelism", "lock_timeout", "plan_file", "workspace",
    // AWS
    "instance_warmup", "estimated_instance_warmup", "default_instance_warmup", "cooldown", "default_cooldown",
    "bake_time", "health_check_grace_period", "health_check_grace_period_seconds", "checkpoint_delay",
    "checkpoint_percentages", "propagate_tags",
    // gh-ost, pt-online-schema-change, batched jobs
    "chunk_size", "chunk_time", "max_lag", "max_lag_millis", "max_load", "throttle", "rows_per_batch", "max_runtime",
    "progress", "nice_ratio",
    // What people write of steps
    "switch", "smoke_test", "verify", "verification", "approval", "manual_approval", "abort_on", "abort_if", "metrics",
    "alarms", "observe", "soak", "soak_time", "ramp", "order_of_zones", "zone_order", "rollout_order", "post_check",
    "pre_check", "keep_blue", "keep_old_version", "to_config", "config_version", "config_revision",
    "resize_filesystem", "resize_fs", "grow_filesystem", "growfs",
  ]
  /// Words of a wait or of a part. A name that has one counts if its other words say of what, or how long: "pause" holds
  /// a rollout, and "pause_replication" something else.
  private static let words: Set<String> = ["wait", "pause", "warmup", "cooldown", "batch", "chunk", "bake", "soak"]
  private static let measures: Set<String> = [
    "time", "timeout", "size", "period", "between", "step", "steps", "instance", "instances", "node", "nodes", "zone",
    "zones", "region", "regions", "percent", "count", "each", "per", "before", "after", "next", "rows", "max", "min",
    "first", "initial", "group", "groups", "batches", "interval", "for", "until", "healthy", "ready", "rollout",
    "switch",
    "traffic", "shift",
  ]
  private static let takingAway: Set<String> = [
    "delete", "drop", "destroy", "disable", "remove", "purge", "wipe", "truncate", "skip", "force", "detach", "revoke",
    "overwrite", "reset", "terminate", "kill", "restore", "format", "no", "ignore", "bypass", "allow", "hook",
    "command",
    "script",
  ]

  /// A schema change that goes with a version: the twin knows of it, and that the version before lives with it.
  private static func isKnownSchemaChange(_ field: String, _ s: Situation) -> Bool {
    guard s.proposal.kind == .deployment, s.state.flag("schema_change") == true,
      ["pre_deploy", "pre_deploy_sql", "schema", "migration", "pre_deploy_migration"].contains(field),
      let text = s.change.text(field)?.lowercased(), !text.contains(";")
    else { return false }
    let isLivedWith =
      s.state.flag("n_minus_1_reads_column") == false
      || s.state.flag("n_minus_1_reads_column") == nil && (s.state.share("n_minus_1_error_rate") ?? 1) <= 0.01
    return isLivedWith && (text.hasPrefix("alter table ") || text.hasPrefix("add ") && !isAlarming(text))
  }

  /// Options of tools that roll out, as objects have them: "helm": {"atomic": true}.
  static let tools = ["helm_", "kubectl_", "terraform_", "argocd_", "argo_", "codedeploy_"]

  static func contains(_ whole: String, _ s: Situation) -> Bool {
    if isKnownSchemaChange(whole, s) { return true }
    let tool = tools.first { whole.hasPrefix($0) }
    let field = tool.map { String(whole.dropFirst($0.count)) } ?? whole
    let parts = field.split(separator: "_").map(String.init)
    let withoutUnit = parts.last.map { ChangeNames.units.contains($0) } == true ? parts.dropLast() : parts[...]
    let isListed =
      names.contains(field) || names.contains(withoutUnit.joined(separator: "_"))
      || withoutUnit.contains { words.contains($0) }
        && withoutUnit.allSatisfy { words.contains($0) || measures.contains($0) }
    // "wait": false doesn't wait.
    let isOff = s.change.object[whole].flatMap(FactValue.flag) == false
    return isListed && !isOff && !parts.contains { takingAway.contains($0) } && !isAlarming(whole, s)
  }

  /// Whether a value does something by itself, whatever the setting is called: statements that delete, commands that are
  /// run or forced, credentials, rights of an administrator.
  static func isAlarming(_ field: String, _ s: Situation) -> Bool {
    s.change.object[field].map { isAlarming($0, depth: 0) } ?? false
  }

  private static func isAlarming(_ value: InputValue, depth: Int) -> Bool {
    guard depth < Vocabulary.maxDepth else { return true }
    switch value {
    case .string(let text): return isAlarming(text)
    case .array(let list): return list.contains { isAlarming($0, depth: depth + 1) }
    case .object(let members):
      return members.contains { isAlarming($0.name) || isAlarming($0.value, depth: depth + 1) }
    default: return false
    }
  }

  private static func isAlarming(_ text: String) -> Bool {
    let lower = String(text.lowercased().prefix(FreeText.maxLength))
    let signs = [
      "--force", "--no-verify", "--grace-period=0", "rm -r", "| sh", "|sh", "| bash", "|bash", "curl ", "wget ", "mkfs",
      "cluster-admin", "administratoraccess", "eval(", "sudo ", "chmod 777",
    ]
    if signs.contains(where: { lower.contains($0) }) { return true }
    // "postgres://user:password@host"
    if let scheme = lower.firstRange(of: "://") {
      let authority = lower[scheme.upperBound...].prefix { $0 != "/" && $0 != " " }
      if let at = authority.lastIndex(of: "@"), authority[..<at].contains(":") { return true }
    }
    // A drop-in replacement drops nothing.
    return FreeText(lower.replacing("drop-in", with: "")).says([
      "drop", "delete", "truncate", "destroy", "wipe", "purge", "privileged", "superuser", "forced", "force",
      "overwrite",
    ])
  }
}
