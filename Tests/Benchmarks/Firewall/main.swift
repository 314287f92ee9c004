import FirewallTesting
import SimulationFirewall

// Links libm, which the kernel's generators call.
#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// CPU time of each analysis of a synthetic rule set: firewall-benchmark [rules [seed [version [hostile]]]]
let arguments = CommandLine.arguments
let count = arguments.count > 1 ? Int(arguments[1]) ?? 5000 : 5000
let seed = arguments.count > 2 ? UInt64(arguments[2]) ?? 1 : 1
let version: IPVersion = arguments.count > 3 && arguments[3] == "6" ? .six : .four

/// Milliseconds of processor time of this process: on a shared machine the clock on the wall measures the neighbours.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
}
@MainActor func measured<T>(_ name: String, _ work: () throws -> T) rethrows -> T {
  let start = processorTime()
  let result = try work()
  print(name.padded(28), processorTime() - start, "ms")
  return result
}
extension String {
  func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

let mix: SyntheticRules.Mix = arguments.count > 4 ? .hostile : .enterprise
var generator = SyntheticRules(seed: seed, version: version, mix: mix)
let generated = generator.rules(count)
let extra = generator.rule()
let dump = SyntheticRules.dump(generated)
let prepared = processorTime()
let tables = try measured("parse") { try IPTablesParser.parse(dump, version: version) }
let ruleSet = try tables.ruleSet(chain: "FORWARD")
let analysis = try measured("compile") { try RuleSetAnalysis(ruleSet) }
let accepted = measured("decomposition") { analysis.headerSets(with: .accept, listing: 1000) }
let exposure = measured("exposure") { analysis.exposure(listing: 1000) }
let idle = try measured("idle rules") { try analysis.idleRules() }
let changed = try ruleSet.inserting(extra, at: count / 2)
let difference = try measured("diff of one rule") { try analysis.difference(to: changed) }
print("total".padded(28), processorTime() - prepared, "ms")
print("rules \(ruleSet.rules.count), nodes \(analysis.nodes), steps \(analysis.steps), diff steps \(difference.steps)")
print("accepted sets \(accepted.count), exposure entries \(exposure.possible.count)")
print("shadowed \(idle.count { $0.reason == .shadowed }), redundant \(idle.count { $0.reason == .redundant })")
print("changed: allowed \(difference.newlyAllowed.count), denied \(difference.newlyDenied.count)")
