/// Settings that decide how much memory a PostgreSQL server takes, in bytes and counts.
public struct PostgresMemorySettings: Sendable, Hashable {
  public var sharedBuffers: Double
  public var maxConnections: Int
  public var workMem: Double
  /// 1 before 13, where the parameter came; 1.0 in 13 and 14; 2.0 from 15 on.
  public var hashMemMultiplier: Double
  public var maintenanceWorkMem: Double
  /// nil for −1, which takes `maintenanceWorkMem`.
  public var autovacuumWorkMem: Double?
  public var autovacuumMaxWorkers: Int
  /// nil for −1: 1/32 of `sharedBuffers`, from 64 kB to one WAL segment of 16 MB.
  public var walBuffers: Double?
  public var maxParallelWorkers: Int
  public var maxParallelWorkersPerGather: Int
  public var maxWorkerProcesses: Int
  public var maxWalSenders: Int
  public var maxPreparedTransactions: Int
  public var maxLocksPerTransaction: Int

  /// Processes that the server has room for (`MaxBackends`).
  var processes: Int {
    Saturating.sum(maxConnections, autovacuumMaxWorkers, maxWorkerProcesses, maxWalSenders, 1)
  }

  /// The defaults of a major version (9 for 9.6; nil for the newest), to change from there.
  public init(defaultsOf major: Int?) {
    func number(_ name: String, _ absent: Double = 0) -> Double {
      let parameter = PostgresParameter.named(name, major: major)
      return (parameter?.defaultNumber ?? absent) * (parameter?.unit.bytes ?? 1)
    }
    sharedBuffers = number("shared_buffers")
    maxConnections = Int(number("max_connections"))
    workMem = number("work_mem")
    hashMemMultiplier = number("hash_mem_multiplier", 1)
    maintenanceWorkMem = number("maintenance_work_mem")
    autovacuumWorkMem = nil
    autovacuumMaxWorkers = Int(number("autovacuum_max_workers"))
    walBuffers = nil
    maxParallelWorkers = Int(number("max_parallel_workers", 8))
    maxParallelWorkersPerGather = Int(number("max_parallel_workers_per_gather"))
    maxWorkerProcesses = Int(number("max_worker_processes"))
    maxWalSenders = Int(number("max_wal_senders"))
    maxPreparedTransactions = Int(number("max_prepared_transactions"))
    maxLocksPerTransaction = Int(number("max_locks_per_transaction"))
  }
}

/// Who uses the server at its busiest.
public struct PostgresMemoryLoad: Sendable, Hashable {
  /// Sessions connected, and those of them that run a statement.
  public var backends: Int
  public var active: Int
  /// Sorts and hashes that one statement holds at a time. A simple statement has 1, one of several joins 3 to 5
  /// (documentation of `work_mem`: "a complex query might perform several sort and hash operations at the same time").
  public var nodesPerQuery: Double
  /// Private memory of a session beside `work_mem`, bytes. Default: measured here, 1.31 MB for an idle one that ran one
  /// query, up to 10 MB for one with caches of many tables and prepared statements.
  public var bytesPerBackend: ClosedRange<Double>

  public init(
    backends: Int, active: Int, nodesPerQuery: Double = 1, bytesPerBackend: ClosedRange<Double> = 1.3e6...10e6
  ) {
    self.backends = backends
    self.active = active
    self.nodesPerQuery = nodesPerQuery
    self.bytesPerBackend = bytesPerBackend
  }
}

/// How much memory a PostgreSQL server takes.
///
/// shared = shared_buffers × (1 + per-buffer overhead) + wal_buffers + lock tables + per-process tables;
/// private = (backends + parallel) × private + (active + parallel) × nodes × work_mem × hash_mem_multiplier
/// + autovacuum workers × autovacuum_work_mem, with parallel = min(max_parallel_workers, active × workers per gather).
///
/// Source: PostgreSQL 18 documentation, 19.4.1 Memory (what each setting bounds, and that `work_mem` is per operation and
/// session, times `hash_mem_multiplier` for hashes, and per parallel worker); `LockShmemSize`. It isn't a hard bound: a
/// statement may hold more nodes than `nodesPerQuery`, and functions may take what they like.
public struct PostgresMemory: Sendable, Hashable {
  /// Allocated at start, bytes. Locked away from all else when in huge pages.
  public let sharedBytes: Double
  /// With the load given: idle memory alone, up to every active session with its nodes full.
  public let expectedBytes: ClosedRange<Double>
  /// With the load given at its worst: every active session's nodes full, those of as many parallel workers as
  /// `max_parallel_workers_per_gather` and `max_parallel_workers` let them have, and every autovacuum worker at work.
  public let peakBytes: Double
  /// With every connection that `max_connections` allows active, its nodes full, and all maintenance going on.
  public let ceilingBytes: Double
  public let settings: PostgresMemorySettings

  /// Descriptor, I/O state and hash entry of a buffer; tables per process; the rest. From the differences of
  /// `postgres -C shared_memory_size` of 15.18 (x86-64) between settings: 8 to 16 GB of buffers, 1,200 to 3,200
  /// connections, 64 to 10,064 locks.
  static let bytesPerBuffer = 180.0
  static let bytesPerProcess = 22_000.0
  static let baseSharedBytes = 2e6

  public init(_ settings: PostgresMemorySettings, load: PostgresMemoryLoad) {
    self.settings = settings
    sharedBytes = Self.shared(settings)
    let backends = Double(max(0, min(load.backends, settings.maxConnections)))
    let active = min(Double(max(0, load.active)), backends)
    let node = settings.workMem * max(1, settings.hashMemMultiplier) * max(1, load.nodesPerQuery)
    let vacuum = Double(settings.autovacuumMaxWorkers) * (settings.autovacuumWorkMem ?? settings.maintenanceWorkMem)
    let shared = sharedBytes
    // A worker of a parallel query is a process with nodes of its own. In the expected case active sessions run small
    // statements, which no planner makes parallel; peak and ceiling count the workers. Temporary tables, which may take
    // temp_buffers of each session, count in none.
    func worst(_ sessions: Double, _ queries: Double) -> Double {
      let workers = min(
        Double(max(0, settings.maxParallelWorkers)), queries * Double(max(0, settings.maxParallelWorkersPerGather)))
      return shared + (sessions + workers) * load.bytesPerBackend.upperBound + (queries + workers) * node + vacuum
    }
    let quiet = sharedBytes + backends * load.bytesPerBackend.lowerBound
    let busy = sharedBytes + backends * load.bytesPerBackend.upperBound + active * node
    expectedBytes = quiet...max(quiet, busy)
    peakBytes = worst(backends, active)
    let all = Double(settings.maxConnections)
    ceilingBytes = worst(all, all) + settings.maintenanceWorkMem
  }

  private static func shared(_ settings: PostgresMemorySettings) -> Double {
    let processes = Double(settings.processes)
    let wal = settings.walBuffers ?? min(max(settings.sharedBuffers / 32, 65_536), 16_777_216)
    let buffers = settings.sharedBuffers / 8_192
    return settings.sharedBuffers + buffers * bytesPerBuffer + wal + processes * bytesPerProcess
      + PostgresLockTable(settings).bytes + baseSharedBytes
  }
}

/// The table of locks in shared memory, which all sessions share.
///
/// Source: PostgreSQL 18 documentation, 19.12 Lock Management: room for `max_locks_per_transaction` ×
/// (`max_connections` + `max_prepared_transactions`) objects, where processes of the server count like connections.
public struct PostgresLockTable: Sendable, Hashable {
  /// Objects that can be locked at a time.
  public let entries: Int
  /// Shared memory of one entry with its two holders, measured likewise (the documentation
  /// of 9.2 said 270).
  public static let bytesPerEntry = 410.0

  public init(_ settings: PostgresMemorySettings) {
    entries = Saturating.product(
      settings.maxLocksPerTransaction, Saturating.sum(settings.processes, settings.maxPreparedTransactions))
  }

  public var bytes: Double { Double(entries) * Self.bytesPerEntry }

  /// Whether so many sessions with so many locked objects each fit; beyond, statements fail with "out of shared memory".
  public func holds(sessions: Int, objectsEach: Int) -> Bool { Saturating.product(sessions, objectsEach) <= entries }
}

/// Memory that a server may take, and what is left.
public struct MemoryBudget: Sendable, Hashable {
  /// RAM or the control group's limit, whichever is less, bytes.
  public let limitBytes: Double
  /// Huge pages that the kernel set aside and that nothing but shared memory can use, bytes.
  public let hugePageBytes: Double

  /// - Parameters:
  ///   - ramBytes: of the host, over 0.
  ///   - cgroupLimitBytes: of the container or service; nil for none.
  ///   - hugePageBytes: `nr_hugepages` × page size.
  public init(ramBytes: Double, cgroupLimitBytes: Double? = nil, hugePageBytes: Double = 0) {
    limitBytes = min(ramBytes, cgroupLimitBytes ?? ramBytes)
    self.hugePageBytes = max(0, hugePageBytes)
  }

  /// What is needed where the shared part may or may not fit into the reserved huge pages, bytes: pages that are reserved
  /// and stay unused are gone all the same (with `huge_pages = try` a server whose shared memory doesn't fit takes
  /// ordinary pages, beside the reserved ones).
  public func demand(shared: Double, total: Double) -> Double {
    guard hugePageBytes > 0 else { return total }
    return shared <= hugePageBytes ? total - shared + hugePageBytes : total + hugePageBytes
  }

  /// Demand by limit; above 1 the kernel kills a process, and PostgreSQL then restarts all of them.
  public func use(shared: Double, total: Double) -> Double { demand(shared: shared, total: total) / limitBytes }
}
