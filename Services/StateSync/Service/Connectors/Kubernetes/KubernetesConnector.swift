import FleetCore
import NIOCore
import SimulationInput

/// Reads a Kubernetes API server: deployments with their autoscalers, disruption budgets and limits, and nodes.
///
/// Lists are read in pages
/// (https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks). Of kinds
/// with several versions the newest that the server serves is taken; a kind that it doesn't serve is unknown.
struct KubernetesConnector: SourceConnector {
  static let pageSize = 250
  /// Objects of one kind that are read.
  static let maximumObjects = 20_000

  let eventLoops: any EventLoopGroup

  let requiredRole =
    "list on deployments (apps), horizontalpodautoscalers (autoscaling), poddisruptionbudgets (policy), limitranges "
    + "and nodes; in one namespace without nodes, the ClusterRole view suffices"

  func problems(with config: SourceConfig) -> [SourceConfig.Problem] {
    config.problems(["url": .url, "token_file": .text, "ca_file": .text, "namespace": .text], required: ["url"])
      + (config.text("namespace").map { EnvironmentNames.isValid($0) } ?? true
        ? [] : [.init(key: "namespace", description: "must have 1 to 63 characters of a to z, 0 to 9 and -")])
  }

  func read(_ config: SourceConfig, window: ReadingWindow) async throws -> MirrorReading {
    let namespace = config.text("namespace")
    let scope = namespace.map { "/namespaces/\($0)" } ?? ""
    return try await HTTPReader.with(config, on: eventLoops) { http in
      guard let deployments = try await Self.list(http, ["/apis/apps/v1\(scope)/deployments"])?.objects else {
        throw SourceFailure("the server serves no deployments (apps/v1)")
      }
      var workloads = deployments.compactMap { KubernetesWorkload($0) }
      let limits = try await Self.list(http, ["/api/v1\(scope)/limitranges"])?.objects ?? []
      let scalers = try await Self.list(
        http, ["v2", "v2beta2", "v1"].map { "/apis/autoscaling/\($0)\(scope)/horizontalpodautoscalers" })?.objects
      let budgets = try await Self.list(
        http, ["v1", "v1beta1"].map { "/apis/policy/\($0)\(scope)/poddisruptionbudgets" })
      // Who may read one namespace often may not read nodes, and needs not.
      let nodes = namespace == nil ? try await Self.list(http, ["/api/v1/nodes"])?.objects ?? [] : []
      var reading = MirrorReading()
      for index in workloads.indices {
        workloads[index].apply(limitRanges: limits)
        if let scalers { workloads[index].apply(scalers: scalers) }
        if let budgets {
          workloads[index].apply(
            budgets: budgets.objects, emptySelectsAll: !budgets.path.hasPrefix("/apis/policy/v1beta1/"))
        }
        let workload = workloads[index]
        let name = namespace == nil ? "\(workload.namespace)/\(workload.name)" : workload.name
        reading.targets[name] = ReportedTarget(kind: "service", state: workload.state)
        if case .number(let available)? = workload.state["current_instances"] {
          reading.metrics[SeriesName(target: name, metric: "instances")] = [
            SeriesPoint(time: window.to, value: available)
          ]
        }
      }
      for node in nodes {
        guard let (name, state) = Self.node(node) else { continue }
        reading.targets[name] = ReportedTarget(kind: "host", state: state)
      }
      return reading
    }
  }

  /// All objects of the first of some lists that the server serves, and which one that was; nil when it serves none.
  private static func list(_ http: HTTPReader, _ paths: [String]) async throws
    -> (path: String, objects: [InputValue])?
  {
    for path in paths {
      var objects: [InputValue] = []
      var next: String?
      repeat {
        let query = [("limit", "\(pageSize)")] + (next.map { [("continue", $0)] } ?? [])
        guard let page = try await http.object(path, query, acceptsMissing: next == nil) else { break }
        guard case .array(let items)? = page["items"] else { throw SourceFailure("\(path): the answer is no list") }
        objects += items
        guard objects.count <= maximumObjects else {
          throw SourceFailure("\(path): more than \(maximumObjects) objects; give the source a namespace")
        }
        guard case .string(let token)? = page["metadata"]?["continue"], !token.isEmpty else {
          return (path, objects)
        }
        next = token
      } while true
    }
    return nil
  }

  private static func node(_ node: InputValue) -> (String, TargetState)? {
    guard case .string(let name)? = node["metadata"]?["name"] else { return nil }
    var state: TargetState = [:]
    state["cores"] = KubernetesQuantity.value(node["status"]?["allocatable"]?["cpu"]).map { .number($0) }
    state["ram_gb"] = KubernetesQuantity.value(node["status"]?["allocatable"]?["memory"]).map {
      .number($0 / KubernetesQuantity.gigabyte)
    }
    state["maximum_pods"] = KubernetesQuantity.value(node["status"]?["allocatable"]?["pods"]).map { .number($0) }
    state["zone"] = node["metadata"]?["labels"]?["topology.kubernetes.io/zone"]
    state["kubelet_version"] = node["status"]?["nodeInfo"]?["kubeletVersion"]
    if case .array(let conditions)? = node["status"]?["conditions"] {
      for condition in conditions where condition["type"] == .string("Ready") {
        state["ready"] = .bool(condition["status"] == .string("True"))
      }
    }
    state["schedulable"] = .bool(node["spec"]?["unschedulable"] != .bool(true))
    return (name, state)
  }
}
