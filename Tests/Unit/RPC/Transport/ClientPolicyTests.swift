import Testing

@testable import RPCTransport

@Suite struct ClientPolicyTests {
  @Test func theBackoffGrowsToItsMaximumAndStaysThere() {
    var backoff = Backoff()
    backoff.initial = .milliseconds(100)
    backoff.multiplier = 2
    backoff.jitter = 0.2
    backoff.maximum = .seconds(1)
    let plain = (0..<6).map { backoff.delay(attempt: $0, random: 0) }
    #expect(
      plain == [
        .milliseconds(100), .milliseconds(200), .milliseconds(400), .milliseconds(800), .seconds(1), .seconds(1),
      ])
    #expect(backoff.delay(attempt: 1_000_000, random: 0) == .seconds(1))
    #expect(abs(backoff.delay(attempt: 0, random: 1) / .milliseconds(120) - 1) < 1e-9)
    #expect(abs(backoff.delay(attempt: 0, random: -1) / .milliseconds(80) - 1) < 1e-9)
  }

  @Test func theBudgetAllowsRetriesUntilHalfOfItIsGone() {
    var policy = RetryPolicy()
    policy.maxTokens = 10
    policy.tokenRatio = 0.5
    let budget = RetryBudget(policy: policy)
    #expect((0..<6).map { _ in budget.failed() } == [true, true, true, true, false, false])
    // Four tokens are left; three successes bring five and a half, of which a failure takes one.
    for _ in 0..<3 { budget.succeeded() }
    #expect(!budget.failed())
    for _ in 0..<100 { budget.succeeded() }
    #expect((0..<5).map { _ in budget.failed() } == [true, true, true, true, false])
  }

  @Test func targetsAreRead() throws {
    #expect(RPCTarget("localhost:50051") == RPCTarget(host: "localhost", port: 50_051))
    #expect(RPCTarget("[::1]:80")?.hosts == [RPCTarget.Host(name: "::1", port: 80)])
    let several = try #require(RPCTarget("a.b:1,10.0.0.1:2,[fe80::1]:65535"))
    #expect(several.hosts.map(\.name) == ["a.b", "10.0.0.1", "fe80::1"])
    #expect(several.hosts.map(\.port) == [1, 2, 65_535])
  }

  @Test(arguments: [
    "", "host", "host:", ":80", "host:0", "host:65536", "host:x", "host:-1", "::1:80", "a:1,", "a:1,,b:2", "ho st:80",
    "[]:80", "[::1]", "a:1 ",
  ])
  func malformedTargetsAreRefused(text: String) {
    #expect(RPCTarget(text) == nil)
  }

  @Test(arguments: ["a:1", "a:1,b:2", "[::1]:80,c:3"])
  func aTargetsDescriptionCanBeReadAgain(text: String) {
    #expect(RPCTarget(text)?.description == text)
  }
}
