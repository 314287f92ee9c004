import SimulationInput

/// One deployment with what applies to it.
struct KubernetesWorkload: Sendable {
  let name: String
  let namespace: String
  private(set) var state: TargetState = [:]
  private let podLabels: [String: InputValue]
  private let containers: [InputValue]

  /// nil for what is no deployment.
  init?(_ deployment: InputValue) {
    guard case .string(let name)? = deployment["metadata"]?["name"],
      case .string(let namespace)? = deployment["metadata"]?["namespace"], let spec = deployment["spec"],
      let pod = spec["template"]?["spec"]
    else { return nil }
    (self.name, self.namespace) = (name, namespace)
    podLabels = spec["template"]?["metadata"]?["labels"]?.members ?? [:]
    containers = pod["containers"]?.elements ?? []
    state["namespace"] = .string(namespace)
    // One unless it says otherwise.
    state["instances"] = spec["replicas"] ?? .number(1)
    // The API leaves a zero out.
    state["current_instances"] = deployment["status"]?["availableReplicas"] ?? .number(0)
    state["strategy"] = spec["strategy"]?["type"]
    state["max_surge"] = spec["strategy"]?["rollingUpdate"]?["maxSurge"]
    state["max_unavailable"] = spec["strategy"]?["rollingUpdate"]?["maxUnavailable"]
    state["min_ready_seconds"] = spec["minReadySeconds"]
    state["progress_deadline_seconds"] = spec["progressDeadlineSeconds"]
    state["termination_grace_seconds"] = pod["terminationGracePeriodSeconds"]
    state["readiness_probe"] = .bool(containers.allSatisfy { $0["readinessProbe"] != nil })
    state["liveness_probe"] = .bool(containers.allSatisfy { $0["livenessProbe"] != nil })
    state["images"] = .array(containers.compactMap { $0["image"] })
    state["host_network"] = pod["hostNetwork"]
    state["service_account"] = pod["serviceAccountName"]
    state["privileged"] = .bool(containers.contains { $0["securityContext"]?["privileged"] == .bool(true) })
    setResources(defaults: [:], requests: [:])
  }

  /// What containers get together; a resource that one of them has no bound for has none.
  ///
  /// A container that states a limit and no request requests its limit, before the namespace's default counts
  /// (https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/).
  private mutating func setResources(defaults: [String: InputValue], requests: [String: InputValue]) {
    func sum(_ group: String, _ resource: String, _ usual: InputValue?) -> Double? {
      var sum = 0.0
      for container in containers {
        let resources = container["resources"]
        let own = resources?[group]?[resource] ?? (group == "requests" ? resources?["limits"]?[resource] : nil)
        guard let value = KubernetesQuantity.value(own ?? usual) else { return nil }
        sum += value
      }
      return containers.isEmpty ? nil : sum
    }
    let gigabyte = KubernetesQuantity.gigabyte
    state["cpu_limit_cores"] = sum("limits", "cpu", defaults["cpu"]).map { .number($0) }
    state["container_memory_limit_gb"] = sum("limits", "memory", defaults["memory"]).map { .number($0 / gigabyte) }
    state["cpu_request_cores"] = sum("requests", "cpu", requests["cpu"]).map { .number($0) }
    state["memory_request_gb"] = sum("requests", "memory", requests["memory"]).map { .number($0 / gigabyte) }
  }

  /// Containers without limits get those of their namespace.
  mutating func apply(limitRanges: [InputValue]) {
    var (defaults, requests): ([String: InputValue], [String: InputValue]) = ([:], [:])
    for range in limitRanges where range["metadata"]?["namespace"] == .string(namespace) {
      for limit in range["spec"]?["limits"]?.elements ?? [] where limit["type"] == .string("Container") {
        defaults.merge(limit["default"]?.members ?? [:]) { first, _ in first }
        requests.merge(limit["defaultRequest"]?.members ?? [:]) { first, _ in first }
      }
    }
    setResources(defaults: defaults, requests: requests)
  }

  mutating func apply(scalers: [InputValue]) {
    let own = scalers.first { scaler in
      let reference = scaler["spec"]?["scaleTargetRef"]
      return scaler["metadata"]?["namespace"] == .string(namespace) && reference?["kind"] == .string("Deployment")
        && reference?["name"] == .string(name)
    }
    state["autoscaled"] = .bool(own != nil)
    guard let own, let spec = own["spec"] else { return }
    state["hpa_min_instances"] = spec["minReplicas"] ?? .number(1)
    state["hpa_max_instances"] = spec["maxReplicas"]
    // autoscaling/v1 names the target directly.
    var target = KubernetesQuantity.value(spec["targetCPUUtilizationPercentage"])
    for metric in spec["metrics"]?.elements ?? [] where metric["resource"]?["name"] == .string("cpu") {
      target = KubernetesQuantity.value(metric["resource"]?["target"]?["averageUtilization"]) ?? target
    }
    state["hpa_target_cpu"] = target.map { .number($0 / 100) }
    // None is what an autoscaler that has no metrics yet says.
    if case .number(let wanted)? = own["status"]?["desiredReplicas"], wanted > 0 {
      state["hpa_wanted_instances"] = .number(wanted)
    }
  }

  /// - Parameter emptySelectsAll: whether a selector without any condition selects every pod of the namespace, as since
  ///   policy/v1; before it selected none (https://kubernetes.io/docs/reference/using-api/deprecation-guide/).
  mutating func apply(budgets: [InputValue], emptySelectsAll: Bool) {
    let own = budgets.filter { budget in
      guard budget["metadata"]?["namespace"] == .string(namespace), let selector = budget["spec"]?["selector"] else {
        return false
      }
      if !emptySelectsAll, (selector["matchLabels"]?.members ?? [:]).isEmpty,
        (selector["matchExpressions"]?.elements ?? []).isEmpty
      {
        return false
      }
      return selects(selector)
    }
    state["disruption_budget"] = .bool(!own.isEmpty)
    guard let budget = own.first else { return }
    state["pdb_min_available"] = budget["spec"]?["minAvailable"]
    state["pdb_max_unavailable"] = budget["spec"]?["maxUnavailable"]
    state["pdb_disruptions_allowed"] = budget["status"]?["disruptionsAllowed"]
  }

  /// Whether a label selector selects the workload's pods
  /// (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors).
  private func selects(_ selector: InputValue) -> Bool {
    for (key, value) in selector["matchLabels"]?.members ?? [:] where podLabels[key] != value { return false }
    for expression in selector["matchExpressions"]?.elements ?? [] {
      guard case .string(let key)? = expression["key"], case .string(let operation)? = expression["operator"] else {
        return false
      }
      let values = expression["values"]?.elements ?? []
      let isMet =
        switch operation {
        case "In": podLabels[key].map { values.contains($0) } ?? false
        case "NotIn": podLabels[key].map { !values.contains($0) } ?? true
        case "Exists": podLabels[key] != nil
        case "DoesNotExist": podLabels[key] == nil
        default: false
        }
      if !isMet { return false }
    }
    return true
  }
}

extension InputValue {
  /// The members of an object; none of anything else.
  fileprivate var members: [String: InputValue] {
    guard case .object(let members) = self else { return [:] }
    return Dictionary(members.map { ($0.name, $0.value) }) { $1 }
  }

  /// The elements of an array; none of anything else.
  fileprivate var elements: [InputValue] { if case .array(let values) = self { values } else { [] } }
}
