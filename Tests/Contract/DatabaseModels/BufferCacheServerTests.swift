import BufferCacheTrial
import PostgresTesting
import SimulationDatabases
import Testing

@Suite("Buffer cache model against a real server")
struct BufferCacheServerTests {
  /// The small sibling of `buffer-cache-accuracy`, which runs at scale 40.
  @Test(
    "hit ratios follow from page counts and the access law alone",
    .enabled(if: BufferCacheTrial.pgbench != nil, "pgbench is installed"))
  func hitRatios() async throws {
    let trial = BufferCacheTrial(scale: 8, sizes: [8, 16, 32], transactions: 20_000, warmUpTurns: 2)
    let cells = try await trial.run(on: PostgresTestServer())
    #expect(cells.count == 6)
    for cell in cells {
      #expect(cell.accesses >= 4 * 20_000 - 16)
      #expect(cell.error <= 1.5, "\(cell)")
    }
    #expect(cells.map(\.error).reduce(0, +) / Double(cells.count) <= 0.5)
  }
}
