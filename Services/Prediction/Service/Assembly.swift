public import PostgresMigrations
public import RPCCore
public import ServiceRuntime

/// The prediction service: evaluates models.
public struct PredictionAssembly: ServiceAssembly {
  public static let identity = ServiceIdentity.prediction

  /// Its schema is its own, but nothing is kept there yet.
  public static var migrations: [Migration]? { [] }

  public let rpcServices: [any RPCService]

  public init(_ context: ServiceContext) async throws {
    rpcServices = [PredictionHandler(models: [MMCModel()])]
  }
}
