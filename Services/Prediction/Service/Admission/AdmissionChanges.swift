import SimulationInput
import TwinConversions
import TwinProto

/// What an object of Kubernetes that is created or changed means as proposed changes.
struct AdmissionChanges: Sendable {
  /// Changes, each of one kind; none when nothing is changed that a judgement is for.
  private(set) var changes: [(type: ChangeType, change: InputValue, context: InputValue)] = []

  /// What the changes are proposed for: an autoscaler's are those of what it scales.
  private(set) var target: String

  /// nil for a kind or operation that it can't read.
  init?(_ review: AdmissionReview) {
    guard ["CREATE", "UPDATE", "DELETE"].contains(review.operation) else { return nil }
    target = review.name
    switch (review.kind, review.subresource) {
    // What the system tells of itself, not what anyone proposes.
    case (_, "status"): break
    case ("Deployment", ""): deployment(review)
    case ("Scale", "scale"), ("Deployment", "scale"): replicas(review)
    case ("HorizontalPodAutoscaler", ""): autoscaler(review)
    case ("NetworkPolicy", ""): networkPolicy(review)
    default: return nil
    }
  }

  private mutating func add(
    _ type: ChangeType, _ members: [InputValue.Member], context: [InputValue.Member] = []
  ) {
    let given = members.filter { $0.value != .null }
    guard !given.isEmpty else { return }
    changes.append((type, .object(given), .object(context.filter { $0.value != .null })))
  }

  // MARK: Deployment

  private mutating func deployment(_ review: AdmissionReview) {
    if review.operation == "DELETE" { return add(.scaling, [.init("instances", 0)]) }
    let (new, old) = (review.object["spec"] ?? .null, review.oldObject["spec"] ?? .null)
    let isNew = review.operation == "CREATE"
    let (pods, oldPods) = (PodFacts(new.at("template", "spec")), PodFacts(old.at("template", "spec")))

    // The default of the API, where the object was sent before it was filled in.
    let (instances, before) = (new["replicas"] ?? 1, isNew ? .null : old["replicas"] ?? 1)
    var scaling: [InputValue.Member] = []
    if instances != before { scaling.append(.init("instances", instances)) }
    if pods.cpu != oldPods.cpu || pods.memory != oldPods.memory {
      scaling += [
        .init("cpu", pods.cpu.map { .number($0) } ?? .null),
        .init("memory_gb", pods.memory.map { .number($0) } ?? .null),
      ]
    }
    add(.scaling, scaling)

    // Any change of the template makes new pods in place of the old ones.
    guard isNew || new["template"] != old["template"] || new["strategy"] != old["strategy"] else { return }
    guard !isNew else { return }
    let isRecreate = new.at("strategy", "type") == "Recreate"
    let rolling = new.at("strategy", "rollingUpdate")
    var members: [InputValue.Member] = [
      .init("strategy", isRecreate ? "recreate" : "rolling"),
      .init("image", pods.images.isEmpty ? .null : .string(pods.images.joined(separator: ","))),
      .init("readiness_probe", .bool(pods.isProbed)),
    ]
    if isRecreate {
      members.append(.init("percent", 100))
    } else {
      members += [
        .init("max_unavailable", Self.share(rolling["maxUnavailable"] ?? "25%")),
        .init("max_surge", Self.share(rolling["maxSurge"] ?? "25%")),
      ]
    }
    if pods.images != oldPods.images, !oldPods.images.isEmpty {
      members.append(.init("image_before", .string(oldPods.images.joined(separator: ","))))
    }
    add(.deployment, members, context: pods.isProbed ? [] : [.init("readiness_probe", false)])
  }

  /// A percentage as a share; a number of pods stays one.
  private static func share(_ value: InputValue) -> InputValue {
    guard case .string(let text) = value, text.hasSuffix("%"), let percent = Double(text.dropLast()) else {
      return value
    }
    return .number(percent / 100)
  }

  // MARK: Others

  private mutating func replicas(_ review: AdmissionReview) {
    let (new, old) = (review.object.at("spec", "replicas"), review.oldObject.at("spec", "replicas"))
    if new != old { add(.scaling, [.init("instances", new == .null ? 0 : new)]) }
  }

  private mutating func autoscaler(_ review: AdmissionReview) {
    let object = review.operation == "DELETE" ? review.oldObject : review.object
    let scaled = object.at("spec", "scaleTargetRef").text("name")
    if !scaled.isEmpty { target = scaled }
    if review.operation == "DELETE" { return add(.scaling, [.init("autoscaling", false)]) }
    let (new, old) = (
      AutoscalerFacts(review.object["spec"] ?? .null), AutoscalerFacts(review.oldObject["spec"] ?? .null)
    )
    guard new != old else { return }
    add(
      .scaling,
      [
        .init("min_instances", .number(new.minimum)), .init("max_instances", new.maximum.map { .number($0) } ?? .null),
        .init("hpa_target_cpu", new.cpuTarget.map { .number($0) } ?? .null),
      ])
  }

  private mutating func networkPolicy(_ review: AdmissionReview) {
    let (new, old) = (review.object["spec"] ?? .null, review.oldObject["spec"] ?? .null)
    guard new != old else { return }
    add(
      .network,
      [
        .init("operation", .string(review.operation.lowercased())), .init("network_policy", new == .null ? old : new),
        .init("network_policy_before", new == .null ? .null : old),
      ])
  }
}

/// What a pod template says that matters to whether its pods stay up.
private struct PodFacts {
  var images: [String]
  /// Cores of all containers together; nil when one has no limit or request.
  var cpu: Double?
  /// GiB of all containers together; nil when one has no limit or request.
  var memory: Double?
  /// Whether every container says when it is ready.
  var isProbed: Bool

  init(_ spec: InputValue) {
    let containers = (spec["containers"] ?? .null).elements
    images = containers.map { $0.text("image") }.filter { !$0.isEmpty }
    isProbed = !containers.isEmpty && containers.allSatisfy { ($0["readinessProbe"] ?? .null) != .null }
    cpu = Self.sum(containers, "cpu")
    memory = Self.sum(containers, "memory").map { $0 / 1_073_741_824 }
  }

  private static func sum(_ containers: [InputValue], _ resource: String) -> Double? {
    let amounts = containers.map { container -> Double? in
      let limit = container.at("resources", "limits", resource)
      return Quantity.value(limit == .null ? container.at("resources", "requests", resource) : limit)
    }
    let known = amounts.compactMap(\.self)
    return known.isEmpty || known.count < amounts.count ? nil : known.reduce(0, +)
  }
}

/// What an autoscaler says.
private struct AutoscalerFacts: Equatable {
  var minimum: Double
  var maximum: Double?
  /// Share of the requested cores.
  var cpuTarget: Double?

  init(_ spec: InputValue) {
    minimum = spec["minReplicas"]?.number ?? 1
    maximum = spec["maxReplicas"]?.number
    // autoscaling/v1, and v2 where the metric is a resource.
    var percent = spec["targetCPUUtilizationPercentage"]?.number
    for metric in (spec["metrics"] ?? .null).elements where metric.at("resource", "name") == "cpu" {
      percent = metric.at("resource", "target", "averageUtilization").number ?? percent
    }
    cpuTarget = percent.map { $0 / 100 }
  }
}

/// Amounts as Kubernetes writes them. Source: Kubernetes API, resource.Quantity.
enum Quantity {
  private static let units: [(suffix: String, factor: Double)] = [
    ("Ki", 0x1p10), ("Mi", 0x1p20), ("Gi", 0x1p30), ("Ti", 0x1p40), ("Pi", 0x1p50), ("Ei", 0x1p60), ("n", 1e-9),
    ("u", 1e-6), ("m", 1e-3), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15), ("E", 1e18),
  ]

  /// nil for what isn't an amount.
  static func value(_ amount: InputValue) -> Double? {
    switch amount {
    case .number(let number): return number
    case .string(let text):
      if let number = Double(text) { return number }
      guard let unit = units.first(where: { text.hasSuffix($0.suffix) }) else { return nil }
      return Double(text.dropLast(unit.suffix.count)).map { $0 * unit.factor }
    default: return nil
    }
  }
}
