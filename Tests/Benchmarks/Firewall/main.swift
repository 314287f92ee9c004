import FirewallTesting
import SimulationFirewall

// Links libm, which the kernel's generators call.
#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Time of each analysis of a synthetic rule set: firewall-benchmark [rules [seed [version]]]
let arguments = CommandLine.arguments
let count = arguments.count > 1 ? Int(arguments[1]) ?? 5000 : 5000
let seed = arguments.count > 2 ? UInt64(arguments[2]) ?? 1 : 1
let version: IPVersion = arguments.count > 3 && arguments[3] == "6" ? .six : .four

let clock = ContinuousClock()
var total = Duration.zero
@MainActor func measured<T>(_ name: String, _ work: () throws -> T) rethrows -> T {
  let start = clock.now
  let result = try work()
  let time = clock.now - start
  total += time
  print(name.padded(28), String(Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1e3), "ms")
  return result
}
extension String {
  func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

var generator = SyntheticRules(seed: seed, version: version)
let generated = generator.rules(count)
let extra = generator.rule()
let dump = SyntheticRules.dump(generated)
let tables = try measured("parse") { try IPTablesParser.parse(dump, version: version) }
let ruleSet = try tables.ruleSet(chain: "FORWARD")
let analysis = try measured("compile") { try RuleSetAnalysis(ruleSet) }
let accepted = measured("decomposition") { analysis.headerSets(with: .accept, listing: 1000) }
let exposure = measured("exposure") { analysis.exposure() }
let idle = try measured("idle rules") { try analysis.idleRules() }
let changed = try ruleSet.inserting(extra, at: count / 2)
let difference = try measured("diff of one rule") { try analysis.difference(to: changed) }
print("total".padded(28), total)
print("rules \(ruleSet.rules.count), nodes \(analysis.nodes), steps \(analysis.steps), diff steps \(difference.steps)")
print("accepted sets \(accepted.count), exposure entries \(exposure.possible.count)")
print("shadowed \(idle.count { $0.reason == .shadowed }), redundant \(idle.count { $0.reason == .redundant })")
print("changed: allowed \(difference.newlyAllowed.count), denied \(difference.newlyDenied.count)")
