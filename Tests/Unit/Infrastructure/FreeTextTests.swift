import SimulationInput
import Testing

@testable import SimulationInfrastructure

@Suite struct FreeTextTests {
  @Test(arguments: [
    ("reloadable from a dump", true), ("not reloadable", false), ("impossible to recreate", false),
    ("can't easily be rebuilt", false), ("rebuilt by each pipeline; not used since March", true),
    ("not only rebuilt, also replayed", true), ("gh-ost, rebuilt is not an option", false),
  ])
  func aWordCountsWhereItIsMeant(text: String, isSaid: Bool) {
    #expect(FreeText(text).says(stems: ["rebuil", "reload", "recreat"]) == isSaid)
  }

  @Test(arguments: [
    ("CI build cache, rebuilt by each pipeline; not used since March", true),
    ("scratch, doesn't hold anything of value", true), ("customer orders (read through a cache)", false),
    ("customer orders and derived reports", false), ("orders and reports that are rebuilt", false),
    ("customer orders, impossible to recreate", false), ("orders, and a cache", false), ("synthetic customers", true),
    ("test data", true), ("reloadable: masked copy of last week", true), ("", false),
  ])
  func dataIsReloadableAsAWhole(text: String, isReloadable: Bool) {
    #expect(Reloadable(text).isReloadable == isReloadable)
  }

  private func situation(_ change: InputValue, _ state: InputValue, tier: EnvironmentTier = .production) -> Situation {
    Situation(ProposedChange(.configuration, target: "shop", tier: tier, change: change), targetKind: "", state: state)
  }

  @Test(
    arguments: [
      ("off-peak", true), ("peak", false), ("office hours", false), ("outside maintenance hours", false),
      ("outside business hours", true), ("Black Friday weekend", false), ("offer launch on TV", false),
      ("maintenance window at night", true), ("Christmas weekend", nil), ("kick-off", nil), ("Tuesday", nil),
    ] as [(String, Bool?)])
  func aWindowIsQuietByItsWords(window: String, isQuiet: Bool?) {
    #expect(situation(.object([]), .object([.init("window", .string(window))])).isQuiet == isQuiet)
  }

  @Test(arguments: [
    (["non-production CI", "production checkout"], true), (["non-production CI"], false),
    (["all paying tenants"], true), (["payments team"], false), (["QA of the shop"], false), (["nonprod tests"], false),
  ])
  func eachConsumerCountsForItself(consumers: [String], isShared: Bool) {
    let state = InputValue.object([.init("consumers", .array(consumers.map { .string($0) }))])
    #expect(situation(.object([]), state, tier: .staging).isSharedWithProduction == isShared)
  }

  @Test func aTransitionIsAnOldAndANewValue() {
    let changed = situation(
      .object([.init("instances", .string("8 -> 1")), .init("log_level", .string("info → debug"))]), .object([]))
    let reading = changed.reading(["instances"])
    #expect(reading.before == 8 && reading.after == 1)
    #expect(changed.change.text("log_level") == "debug" && changed.state.text("log_level_before") == "info")
    // What the twin knows outranks what the change says of the past, and a forwarded port isn't a change of a port.
    let known = situation(.object([.init("instances", .string("8 -> 1"))]), .object([.init("instances", .number(3))]))
    #expect(known.reading(["instances"]).before == 3)
    #expect(
      situation(.object([.init("port_forward", .string("80 -> 8080"))]), .object([])).change.text("port_forward")
        == "80 -> 8080")
  }

  @Test func aBareBeforeBesideOthersNeedsAUnit() {
    let state = InputValue.object([.init("before", .number(600))])
    let two = situation(
      .object([.init("pool_size", .number(200)), .init("idle_timeout", .string("60s"))]), state)
    #expect(two.reading(["pool_size"]).before == nil)
    #expect(situation(.object([.init("pool_size", .number(200))]), state).reading(["pool_size"]).before == 600)
  }

  @Test func spellingsOfAQuantityAreOnlyThoseOfItsSystem() {
    func isKept(_ name: String, _ now: String, _ new: String) -> Bool {
      let change = ProposedChange(.configuration, target: "shop", change: .object([.init(name, .string(new))]))
      return change.withoutRepetition(of: .object([.init(name, .string(now))])).change != .object([])
    }
    #expect(!isKept("work_mem", "64MB", "65536kB") && isKept("memory_gb", "512M", "512m"))
    #expect(isKept("health_check_path", "/healthz", "/HealthZ") && !isKept("appendonly", "on", "yes"))
  }

  @Test func labelsForTheBillAreNoSettings() {
    func names(_ key: String) -> [String] {
      situation(.object([.init("tags", .object([.init(key, .string("x"))]))]), .object([])).change.names
    }
    #expect(names("cost-center") == ["tags"])
    // A label that selects does something.
    #expect(names("app") != ["tags"])
  }
}
