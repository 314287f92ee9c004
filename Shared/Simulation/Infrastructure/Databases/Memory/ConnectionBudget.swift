/// One group of clients with a pool each.
public struct ConnectionPool: Sendable, Hashable {
  /// Programs that each hold a pool (HikariCP, pgx, SQLAlchemy), or PgBouncer processes.
  public var instances: Int
  /// The most connections one pool opens: `maximumPoolSize` of HikariCP; `default_pool_size` + `reserve_pool_size` of
  /// PgBouncer, which opens as many per pair of user and database.
  public var size: Int
  /// Pairs of user and database, for PgBouncer; 1 for a pool inside a program.
  public var pairs: Int
  /// Further instances that run beside the others while a deployment rolls (`maxSurge`).
  public var surge: Int

  public init(instances: Int, size: Int, pairs: Int = 1, surge: Int = 0) {
    self.instances = instances
    self.size = size
    self.pairs = pairs
    self.surge = surge
  }

  /// Connections once all pools are full.
  public var connections: Int { Saturating.product(instances, size, pairs) }
  /// The same in the middle of a deployment.
  public var connectionsWhileDeploying: Int {
    Saturating.product(Saturating.sum(instances, surge), size, pairs)
  }
}

/// Connections that a PostgreSQL server has for ordinary users.
///
/// available = max_connections − superuser_reserved_connections − reserved_connections (from 16), less the WAL senders
/// before 12, which took connections until then. Beyond it the server answers "sorry, too many clients already" or
/// "remaining connection slots are reserved".
/// Source: PostgreSQL documentation, 19.3.1; release notes of 12 ("max_wal_senders … no longer counted").
public struct ConnectionBudget: Sendable, Hashable {
  public let available: Int

  /// - Parameters:
  ///   - superuserReserved: default 3.
  ///   - reserved: `reserved_connections`, default 0; ignored before 16.
  ///   - walSenders: connected replicas; count before 12 only.
  ///   - major: nil for unknown, which takes the smaller budget.
  public init(
    maxConnections: Int, superuserReserved: Int = 3, reserved: Int = 0, walSenders: Int = 0, major: Int? = nil
  ) {
    let senders = (major ?? 0) < 12 ? walSenders : 0
    let kept = (major ?? .max) >= 16 ? reserved : 0
    available = max(0, Saturating.sum(maxConnections, -superuserReserved, -kept, -senders))
  }

  /// Connections that find no place; 0 when all do.
  public func shortage(of demand: Int) -> Int { max(0, Saturating.sum(demand, -available)) }

  /// Used by available; infinite where none is available.
  public func use(of demand: Int) -> Double {
    available > 0 ? Double(demand) / Double(available) : demand > 0 ? .infinity : 0
  }
}

/// File descriptors of a server that relays connections.
///
/// Each client takes one descriptor, and one more for its upstream when it is proxied; listening sockets, logs and the
/// event queue come on top. Source: nginx documentation of `worker_connections` ("includes all connections, e.g. with
/// proxied servers; the actual number can't exceed the limit of open files") and `worker_rlimit_nofile`; HAProxy
/// management guide, `maxsock` (2 per session, one per listener and server check).
public struct DescriptorBudget: Sendable, Hashable {
  /// Soft limit of open files per process.
  public var limit: Int
  /// Processes that share the clients evenly.
  public var workers: Int
  /// `worker_connections` of nginx, a bound per process that counts upstream connections too; nil for none.
  public var connectionsPerWorker: Int?
  /// 2 for a proxy, 1 for a server that answers itself.
  public var descriptorsPerClient: Int
  /// Listeners, logs, event queues and keep-alive connections of one process.
  public var fixed: Int

  public init(
    limit: Int, workers: Int = 1, connectionsPerWorker: Int? = nil, descriptorsPerClient: Int = 2, fixed: Int = 32
  ) {
    self.limit = limit
    self.workers = max(1, workers)
    self.connectionsPerWorker = connectionsPerWorker
    self.descriptorsPerClient = max(1, descriptorsPerClient)
    self.fixed = fixed
  }

  /// Clients at a time that all processes together can serve.
  public var clients: Int {
    let byLimit = max(0, Saturating.sum(limit, -fixed)) / descriptorsPerClient
    return min(Saturating.product(byLimit, workers), admittedClients ?? .max)
  }

  /// Clients at a time that `connectionsPerWorker` lets into all processes, whatever the limit; nil for no bound.
  public var admittedClients: Int? {
    connectionsPerWorker.map { Saturating.product($0 / descriptorsPerClient, workers) }
  }

  /// Descriptors that a process holds while so many clients are shared among all, as far as they are let in.
  public func descriptorsPerWorker(clients: Int) -> Int {
    let each = max(0, clients) / workers + (max(0, clients) % workers > 0 ? 1 : 0)
    return Saturating.sum(
      min(Saturating.product(each, descriptorsPerClient), connectionsPerWorker ?? .max), fixed)
  }

  /// Descriptors that a process holds when it is full; nil where nothing but the limit bounds it.
  public var promisedDescriptorsPerWorker: Int? { connectionsPerWorker.map { Saturating.sum($0, fixed) } }

  /// Whether the descriptor limit and not `worker_connections` is what clients meet: they then get an error instead of
  /// waiting ("too many open files").
  public var isBoundByLimit: Bool {
    guard let connectionsPerWorker else { return true }
    return max(0, Saturating.sum(limit, -fixed)) < connectionsPerWorker
  }
}
