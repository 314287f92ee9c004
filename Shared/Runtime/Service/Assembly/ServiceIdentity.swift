/// A service of the suite: its name and the ports that it has unless configured otherwise.
public struct ServiceIdentity: Sendable, Hashable {
  /// Such as `state-sync`; also the name of its executable.
  public let name: String
  /// For gRPC; nil for a service that others don't call.
  public let rpcPort: Int?
  /// For metrics and health over HTTP.
  public let adminPort: Int
  /// What it is for, in a sentence.
  public let summary: String

  public init(name: String, rpcPort: Int?, adminPort: Int, summary: String) {
    self.name = name
    self.rpcPort = rpcPort
    self.adminPort = adminPort
    self.summary = summary
  }

  /// The name of its database schema, such as `state_sync`.
  public var schema: String { name.replacing("-", with: "_") }

  public static let stateSync = ServiceIdentity(
    name: "state-sync", rpcPort: 50051, adminPort: 9091,
    summary: "takes telemetry and the state of real environments in, in order and once, and passes it on.")
  public static let twinEngine = ServiceIdentity(
    name: "twin-engine", rpcPort: 50052, adminPort: 9092,
    summary: "keeps twins in step with what they stand for, predicts, calibrates, hands out snapshots.")
  public static let scenarioRunner = ServiceIdentity(
    name: "scenario-runner", rpcPort: 50053, adminPort: 9093,
    summary: "runs simulations of vehicles, traffic and infrastructure changes.")
  public static let prediction = ServiceIdentity(
    name: "prediction", rpcPort: 50054, adminPort: 9094,
    summary: "predicts impact, performance, failure and cost, and answers the Arbiter check.")
  public static let results = ServiceIdentity(
    name: "results", rpcPort: 50055, adminPort: 9095,
    summary: "stores outcomes and traces, compares, reports and exports them.")
  public static let edge = ServiceIdentity(
    name: "edge", rpcPort: nil, adminPort: 9096,
    summary: "serves REST, WebSocket and the dashboard for people, and asks the other services by gRPC.")
}

/// The version of the suite.
public enum SuiteVersion {
  public static let current = "0.1.0"
}
