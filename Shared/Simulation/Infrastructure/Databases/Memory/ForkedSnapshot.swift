/// Memory of a server that saves its data from a forked copy of itself, as Redis does for RDB files and AOF rewrites.
///
/// The child shares all pages until the parent writes to one, which copies it. With W writes over P pages at random,
/// P(1 − exp(−W/P)) pages are copied (Poisson occupancy); the peak is data + copied pages + buffers.
/// Source: Redis documentation, "Persistence" and "Diagnosing latency issues" (fork, copy-on-write, transparent huge pages);
/// the occupancy formula: W. Feller, An Introduction to Probability Theory, vol. 1, IV.2.
public struct ForkedSnapshot: Sendable, Hashable {
  /// Data in memory when the fork happens, bytes, at least 0.
  public var dataBytes: Double
  /// Writes per second, each to one page chosen at random; skew makes it less.
  public var writesPerSecond: Double
  /// How fast the child writes the file, bytes of data per second, over 0.
  public var saveBytesPerSecond: Double
  /// 4,096, or 2 MiB under transparent huge pages, which copy 512 times as much per write.
  public var pageBytes: Double

  /// nil where a number is negative or a rate or page size isn't positive.
  public init?(
    dataBytes: Double, writesPerSecond: Double, saveBytesPerSecond: Double, pageBytes: Double = 4_096
  ) {
    guard dataBytes >= 0, writesPerSecond >= 0, saveBytesPerSecond > 0, pageBytes > 0 else { return nil }
    self.dataBytes = dataBytes
    self.writesPerSecond = writesPerSecond
    self.saveBytesPerSecond = saveBytesPerSecond
    self.pageBytes = pageBytes
  }

  /// How long the child lives, s.
  public var saveSeconds: Double { dataBytes / saveBytesPerSecond }

  /// Share of the pages that are copied meanwhile, 0 to 1.
  public var copiedShare: Double {
    let pages = dataBytes / pageBytes
    return pages > 0 ? Elementary.occupied(writesPerSecond * saveSeconds / pages) : 0
  }

  /// Data and copies at the end of the save, bytes.
  public var peakBytes: Double { dataBytes * (1 + copiedShare) }

  /// Whatever the writes: every page copied.
  public var ceilingBytes: Double { 2 * dataBytes }
}

/// What Redis does at `maxmemory`.
///
/// Source: Redis documentation, "Key eviction" (`maxmemory-policy`).
public enum RedisEviction: String, Sendable, Hashable, CaseIterable {
  case noEviction = "noeviction"
  case allKeysLRU = "allkeys-lru"
  case allKeysLFU = "allkeys-lfu"
  case allKeysRandom = "allkeys-random"
  case allKeysLRM = "allkeys-lrm"
  case volatileLRU = "volatile-lru"
  case volatileLFU = "volatile-lfu"
  case volatileRandom = "volatile-random"
  case volatileTTL = "volatile-ttl"
  case volatileLRM = "volatile-lrm"

  /// Writes fail once memory is full: always, or as soon as no key with an expiry is left.
  public var refusesWrites: Bool { self == .noEviction || takesOnlyExpiring }
  /// Keys without an expiry may go too: data loss where Redis is more than a cache.
  public var losesPersistentKeys: Bool { !takesOnlyExpiring && self != .noEviction }
  private var takesOnlyExpiring: Bool { rawValue.hasPrefix("volatile") }
}

/// Memory of a Java process in a container.
///
/// resident ≈ heap + metaspace + code cache + threads × stack + direct buffers + collector. The heap counts whole once it
/// has been touched, which `-XX:+AlwaysPreTouch` or time brings about.
/// Source: Oracle, Java SE "java" command (-Xmx, -Xss, -XX:MaxRAMPercentage default 25, -XX:MaxMetaspaceSize,
/// -XX:MaxDirectMemorySize default = heap); Native Memory Tracking guide.
public struct JavaMemory: Sendable, Hashable {
  public var heapBytes: Double
  /// Measured: resident size less heap, bytes. nil takes the range below.
  public var nonHeapBytes: Double?
  public var threads: Int

  public init(heapBytes: Double, nonHeapBytes: Double? = nil, threads: Int = 50) {
    self.heapBytes = max(0, heapBytes)
    self.nonHeapBytes = nonHeapBytes.map { max(0, $0) }
    self.threads = max(0, threads)
  }

  /// The heap when nothing but `-XX:MaxRAMPercentage` is set.
  public static func heap(containerLimit: Double, maxRAMPercentage: Double = 25) -> Double {
    containerLimit * maxRAMPercentage / 100
  }

  /// Metaspace and code cache of a service, 80 to 400 MB, stacks of 0.1 to 1 MB touched per thread, collector's tables 2
  /// to 10 % of the heap; used only where nobody measured.
  public var residentBytes: ClosedRange<Double> {
    if let nonHeapBytes { return (heapBytes + nonHeapBytes)...(heapBytes + nonHeapBytes) }
    let stacks = Double(threads)
    return (heapBytes * 1.02 + 80e6 + stacks * 0.1e6)...(heapBytes * 1.1 + 400e6 + stacks * 1e6)
  }

  /// Above 1 the kernel kills the process.
  public func use(containerLimit: Double) -> ClosedRange<Double> {
    guard containerLimit > 0 else { return Double.infinity...Double.infinity }
    let resident = residentBytes
    return (resident.lowerBound / containerLimit)...(resident.upperBound / containerLimit)
  }
}
