import NIOCore
import TwinProto

/// The connectors by kind. Inline has none: agents push to it.
struct SourceConnectors: Sendable {
  private let connectors: [SourceKind: any SourceConnector]
  /// Only files below this folder may be named by sources.
  let folder: String

  init(_ connectors: [SourceKind: any SourceConnector], folder: String = "/") {
    self.connectors = connectors
    self.folder = folder
  }

  /// All there are.
  init(eventLoops: any EventLoopGroup, folder: String) {
    self.init(
      [
        .postgres: PostgresConnector(), .prometheus: PrometheusConnector(eventLoops: eventLoops),
        .kubernetes: KubernetesConnector(eventLoops: eventLoops), .firewall: FirewallConnector(),
      ], folder: folder)
  }

  subscript(kind: SourceKind) -> (any SourceConnector)? { connectors[kind] }

  /// The least role a source of a kind needs on the mirrored system.
  func requiredRole(_ kind: SourceKind) -> String {
    connectors[kind]?.requiredRole ?? (kind == .inline ? "none: agents push the state" : "")
  }

  /// Settings of a source for one sync.
  func config(_ source: MirrorSource) -> SourceConfig {
    SourceConfig(source.config, files: CredentialFiles(under: folder))
  }
}
