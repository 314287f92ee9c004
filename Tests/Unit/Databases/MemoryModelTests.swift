import SimulationDatabases
import Testing

@Suite struct MemoryModelTests {
  static let megabyte = 1_048_576.0
  static let gigabyte = 1_073_741_824.0

  @Test(arguments: [
    (256.0, 200, 64, 284.0), (256, 200, 10_064, 1_153), (256, 1_200, 64, 332), (256, 3_200, 64, 424),
    (16_384, 200, 64, 16_776), (8_192, 200, 64, 8_404), (0.125, 200, 64, 12), (256, 100, 64, 279),
  ])
  func `shared memory as postgres -C shared_memory_size says, in MB`(
    _ buffers: Double, _ connections: Int, _ locks: Int, _ measured: Double
  ) {
    var settings = PostgresMemorySettings(defaultsOf: 15)
    settings.sharedBuffers = buffers * Self.megabyte
    settings.maxConnections = connections
    settings.maxLocksPerTransaction = locks
    let shared = PostgresMemory(settings, load: PostgresMemoryLoad(backends: 0, active: 0)).sharedBytes
    #expect(abs(shared / Self.megabyte - measured) <= max(5, 0.02 * measured))
  }

  @Test func `the default settings of versions`() {
    let old = PostgresMemorySettings(defaultsOf: 12)
    #expect(old.workMem == 4 * Self.megabyte && old.hashMemMultiplier == 1 && old.maxConnections == 100)
    #expect(old.sharedBuffers == 128 * Self.megabyte && old.maxWalSenders == 10)
    #expect(PostgresMemorySettings(defaultsOf: 16).hashMemMultiplier == 2)
    #expect(PostgresMemorySettings(defaultsOf: 9).maxParallelWorkersPerGather == 0)
  }

  @Test func `work memory of hashes decides`() {
    var settings = PostgresMemorySettings(defaultsOf: 15)
    settings.sharedBuffers = 16 * Self.gigabyte
    settings.maxConnections = 200
    settings.workMem = 64 * Self.megabyte
    settings.hashMemMultiplier = 8
    let load = PostgresMemoryLoad(backends: 150, active: 100)
    let after = PostgresMemory(settings, load: load).expectedBytes.upperBound
    // 16 GiB + overhead + 150 × 10 MB + 100 × 512 MiB.
    #expect(after > 67e9 && after < 74e9)
    settings.hashMemMultiplier = 2
    #expect(PostgresMemory(settings, load: load).expectedBytes.upperBound < 33e9)
  }

  @Test func `bounds hold each other, and more memory lowers the use`() {
    var settings = PostgresMemorySettings(defaultsOf: 15)
    settings.maxConnections = 500
    let memory = PostgresMemory(settings, load: PostgresMemoryLoad(backends: 120, active: 60))
    #expect(memory.sharedBytes < memory.expectedBytes.lowerBound)
    #expect(memory.expectedBytes.upperBound < memory.ceilingBytes)
    let small = MemoryBudget(ramBytes: 8e9).use(shared: memory.sharedBytes, total: memory.ceilingBytes)
    let large = MemoryBudget(ramBytes: 16e9).use(shared: memory.sharedBytes, total: memory.ceilingBytes)
    #expect(large == small / 2)
    #expect(MemoryBudget(ramBytes: 16e9, cgroupLimitBytes: 4e9).limitBytes == 4e9)
  }

  @Test func `the peak counts parallel workers as far as the server has them`() {
    var settings = PostgresMemorySettings(defaultsOf: 15)
    settings.maxConnections = 200
    settings.workMem = 64 * Self.megabyte
    settings.maxParallelWorkersPerGather = 0
    let load = PostgresMemoryLoad(backends: 150, active: 50)
    let memory = PostgresMemory(settings, load: load)
    // 150 × 10 MB, 50 × 64 MiB × 2 and 3 autovacuum workers of 64 MiB.
    let expected = memory.sharedBytes + 1.5e9 + (50 * 128 + 3 * 64) * Self.megabyte
    #expect(abs(memory.peakBytes - expected) < 1)
    // 4 workers each would be 200, of which the server starts 8, each a process of 10 MB with a node.
    settings.maxParallelWorkersPerGather = 4
    #expect(abs(PostgresMemory(settings, load: load).peakBytes - expected - 80e6 - 8 * 128 * Self.megabyte) < 1)
    settings.maxParallelWorkers = 400
    let most = PostgresMemory(settings, load: load)
    #expect(abs(most.peakBytes - expected - 2e9 - 200 * 128 * Self.megabyte) < 1)
    #expect(most.expectedBytes.upperBound < most.peakBytes && most.peakBytes < most.ceilingBytes)
  }

  @Test func `huge pages that don't fit are lost`() {
    let budget = MemoryBudget(ramBytes: 64e9, hugePageBytes: 17e9)
    #expect(budget.demand(shared: 16e9, total: 20e9) == 21e9)
    #expect(budget.demand(shared: 18e9, total: 22e9) == 39e9)
  }

  @Test func `connections of pools`() {
    let pool = ConnectionPool(instances: 10, size: 20, surge: 3)
    #expect(pool.connections == 200 && pool.connectionsWhileDeploying == 260)
    let budget = ConnectionBudget(maxConnections: 200, major: 15)
    #expect(budget.available == 197 && budget.shortage(of: 200) == 3 && budget.shortage(of: 197) == 0)
    #expect(ConnectionBudget(maxConnections: 200, reserved: 5, walSenders: 2, major: 16).available == 192)
    #expect(ConnectionBudget(maxConnections: 200, reserved: 5, walSenders: 2, major: 11).available == 195)
    #expect(ConnectionBudget(maxConnections: 2).available == 0)
  }

  @Test func `descriptors of a proxy`() {
    let server = DescriptorBudget(limit: 1_024, workers: 4, connectionsPerWorker: 4_096)
    #expect(server.clients == 4 * 496 && server.isBoundByLimit)
    let raised = DescriptorBudget(limit: 65_536, workers: 4, connectionsPerWorker: 4_096)
    #expect(raised.clients == 4 * 2_048 && !raised.isBoundByLimit)
    #expect(DescriptorBudget(limit: 1_024, descriptorsPerClient: 1).clients == 992)
    // 24,000 clients of a proxy are 3,000 or 6,000 descriptors for each of 8 workers, and 32 besides.
    let proxy = DescriptorBudget(limit: 4_096, workers: 8, connectionsPerWorker: 16_384)
    #expect(proxy.descriptorsPerWorker(clients: 24_000) == 6_032 && proxy.admittedClients == 65_536)
    #expect(proxy.descriptorsPerWorker(clients: 24_001) == 6_034)
    // Full, both sides of each client are among the 16,384.
    #expect(proxy.descriptorsPerWorker(clients: .max) == 16_416 && proxy.promisedDescriptorsPerWorker == 16_416)
    #expect(DescriptorBudget(limit: 1_024).promisedDescriptorsPerWorker == nil)
  }

  @Test func `a snapshot copies what is written meanwhile`() throws {
    // 12 GB at 100 MB/s take 120 s; 40,000 × 120 = 4.8e6 writes over 2.93e6 pages touch 1 − e^(−1.638).
    let snapshot = try #require(
      ForkedSnapshot(dataBytes: 12e9, writesPerSecond: 40_000, saveBytesPerSecond: 100e6))
    #expect(snapshot.saveSeconds == 120)
    #expect(abs(snapshot.copiedShare - 0.8057) < 1e-3)
    #expect(abs(snapshot.peakBytes - 21.67e9) < 0.01e9 && snapshot.ceilingBytes == 24e9)
    let huge = try #require(
      ForkedSnapshot(dataBytes: 12e9, writesPerSecond: 400, saveBytesPerSecond: 100e6, pageBytes: 2_097_152))
    #expect(huge.copiedShare > 0.99)
    #expect(ForkedSnapshot(dataBytes: 1, writesPerSecond: 1, saveBytesPerSecond: 0) == nil)
    #expect(RedisEviction.noEviction.refusesWrites && RedisEviction.allKeysLRU.losesPersistentKeys)
    #expect(RedisEviction.volatileTTL.refusesWrites && !RedisEviction.volatileTTL.losesPersistentKeys)
  }

  @Test func `a heap and what lies beside it`() {
    let measured = JavaMemory(heapBytes: 6e9, nonHeapBytes: 1.5e9)
    #expect(measured.use(containerLimit: 8e9) == 0.9375...0.9375)
    let guessed = JavaMemory(heapBytes: 6e9)
    #expect(guessed.residentBytes.contains(6.5e9) && guessed.residentBytes.lowerBound > 6e9)
    #expect(JavaMemory.heap(containerLimit: 8e9) == 2e9)
  }

  @Test func `absurd numbers are bounded, not fatal`() {
    var settings = PostgresMemorySettings(defaultsOf: 15)
    settings.maxConnections = .max
    settings.maxLocksPerTransaction = .max
    let memory = PostgresMemory(settings, load: PostgresMemoryLoad(backends: .max, active: .max))
    #expect(memory.ceilingBytes.isFinite && memory.ceilingBytes > 1e18)
    #expect(ConnectionPool(instances: .max, size: .max, surge: .max).connectionsWhileDeploying == .max)
    #expect(ConnectionBudget(maxConnections: .min, superuserReserved: .max).available == 0)
    #expect(DescriptorBudget(limit: .max, workers: 64).clients == .max)
    #expect(JavaMemory(heapBytes: -1e30, threads: -5).use(containerLimit: 0).lowerBound == .infinity)
    for bytes in [-1, Double.infinity, .nan] {
      let timing = SchemaChangeTiming(
        SchemaEffect(lock: .accessExclusive, work: .rewrite, tableWrites: 1), size: TableSize(tableBytes: bytes))
      #expect(timing.workSeconds.lowerBound >= 0)
    }
  }
}
