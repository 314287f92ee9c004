import FleetCore
public import PostgresMigrations
public import RPCCore
public import ServiceRuntime

/// The results service: keeps what runs found, what was decided, and what needs attention.
public struct ResultsAssembly: ServiceAssembly {
  public static let identity = ServiceIdentity.results

  public static var migrations: [Migration]? {
    get throws {
      [
        try Migration(file: "0001_results.sql", PackageResources._001_results_sql),
        try Migration(file: "0002_audit.sql", PackageResources._002_audit_sql),
      ]
    }
  }

  public let rpcServices: [any RPCService]

  public init(_ context: ServiceContext) async throws {
    let pool = context.database.pool
    let drain = DrainSignal()
    context.health.observe { if $0.isDraining { drain.begin() } }
    rpcServices = [
      ResultHandler(store: PostgresResultStore(pool: pool)), AuditHandler(store: PostgresAuditStore(pool: pool)),
      AlertHandler(store: PostgresAlertStore(pool: pool), clock: .system, drain: drain),
    ]
  }
}
