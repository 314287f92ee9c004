public import PostgresMigrations
public import RPCCore
public import RuntimeConfiguration
public import ServiceLifecycle

/// What a service is made of. The runtime does everything else: configuration, logs, metrics, health, the database,
/// peers, serving, signals, starting and stopping.
public protocol ServiceAssembly: Sendable {
  static var identity: ServiceIdentity { get }
  /// The service's own settings, beside those that all services have.
  static var settings: [SettingScope] { get }
  /// The services that it calls.
  static var peers: [PeerNeed] { get }
  /// Whether its replicas know of each other, as each twin has a home among them.
  static var isReplicated: Bool { get }
  /// The history of its schema; nil for a service without a database.
  static var migrations: [Migration]? { get throws }

  /// Builds the parts from what the runtime has ready. Nothing is connected yet: a part that needs the database at once
  /// does so in a background service.
  ///
  /// - Throws: what makes it pointless to start, such as a setting that contradicts another.
  init(_ context: ServiceContext) async throws

  /// What is served over gRPC, beside health and reflection.
  var rpcServices: [any RPCService] { get }
  /// Run for every call after it was identified and before its handler, such as authentication. The first is the
  /// outermost. Health and reflection pass through them, too.
  var interceptors: [any ServerInterceptor] { get }
  /// What runs beside the calls, in the order of starting; it stops in reverse, after the calls have ended.
  var backgroundServices: [BackgroundService] { get }
}

extension ServiceAssembly {
  public static var settings: [SettingScope] { [] }
  public static var peers: [PeerNeed] { [] }
  public static var isReplicated: Bool { false }
  public static var migrations: [Migration]? { nil }
  public var rpcServices: [any RPCService] { [] }
  public var interceptors: [any ServerInterceptor] { [] }
  public var backgroundServices: [BackgroundService] { [] }
}

/// Another service that one calls.
public struct PeerNeed: Sendable, Hashable {
  public let identity: ServiceIdentity
  /// Whether the service can't be ready unless the peer answers.
  public let isRequired: Bool

  private init(_ identity: ServiceIdentity, isRequired: Bool) {
    precondition(identity.rpcPort != nil, "\(identity.name) can't be called")
    self.identity = identity
    self.isRequired = isRequired
  }

  /// Without it the service has nothing to do.
  public static func required(_ identity: ServiceIdentity) -> PeerNeed { PeerNeed(identity, isRequired: true) }

  /// Without it the service can still do a part of its work.
  public static func optional(_ identity: ServiceIdentity) -> PeerNeed { PeerNeed(identity, isRequired: false) }
}

/// A part that runs beside the calls.
public struct BackgroundService: Sendable {
  public let name: String
  public let service: any Service

  public init(_ name: String, _ service: any Service) {
    self.name = name
    self.service = service
  }

  /// A part that is one function. It should end when the service stops (`cancelWhenGracefulShutdown`).
  public init(_ name: String, _ run: @escaping @Sendable () async throws -> Void) {
    self.init(name, ClosureService(run))
  }
}
