public import PostgresMigrations
public import RPCCore
public import ServiceRuntime

/// The results service: keeps what runs found.
public struct ResultsAssembly: ServiceAssembly {
  public static let identity = ServiceIdentity.results

  public static var migrations: [Migration]? {
    get throws { [try Migration(file: "0001_results.sql", PackageResources._001_results_sql)] }
  }

  public let rpcServices: [any RPCService]

  public init(_ context: ServiceContext) async throws {
    rpcServices = [ResultHandler(store: PostgresResultStore(pool: context.database.pool))]
  }
}
