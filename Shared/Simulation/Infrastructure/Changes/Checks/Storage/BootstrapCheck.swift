#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import SimulationInput

/// Nodes that join a ring of replicas with the data of their ranges, or without it.
///
/// Of n nodes a empty ones own the share f = a/n of the replicas. A read that asks m replicas finds nothing where all of
/// them are empty: the share f^m, until the nodes are repaired. With bootstrapping each node first streams its share.
/// Source: Apache Cassandra documentation, "Adding, replacing, moving and removing nodes", cassandra.yaml auto_bootstrap;
/// DeCandia et al., "Dynamo", SOSP 2007 (quorums R + W > N).
enum BootstrapCheck: ChangeCheck {
  static let model = "ring_bootstrap"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard let told = s.change.flag("auto_bootstrap") else { return }
    let load = ServiceLoad(s)
    guard load.instances.isRaised, let before = load.instances.before, let after = load.instances.after, before > 0,
      after > before
    else { return }
    report.ran(self)
    report.understand("auto_bootstrap")
    for manner in ["one_at_a_time", "sequential", "parallel_joins"] where s.change.has(manner) {
      report.understand(manner)
    }
    let added = after - before
    guard told else { return empty(added, after, s, &report) }
    streaming(added, after, s, &report)
  }

  private static func empty(_ added: Double, _ after: Double, _ s: Situation, _ report: inout ChangeReport) {
    let value = Reloadable(s)
    guard let copies = QuorumCheck.copies(s), copies >= 1 else {
      return report.unknown(
        ["replication_factor"], self, "nodes join without data, and how many copies there are is not known",
        worst: .lossOfData, s, field: "auto_bootstrap", alsoCode: "DATA_LOSS")
    }
    let asked = level(s, copies)
    let share = pow(added / after, asked)
    report.metric("reads_without_data_share", 0, share)
    let calculation = Calculation(
      equation: "(added / n)^m", inputs: ["added": added, "nodes": after, "replicas_asked": asked, "copies": copies],
      value: share, unit: "1", threshold: TimeoutCheck.toleratedShare,
      source: "Apache Cassandra documentation, auto_bootstrap")
    failures(
      share, tolerated: nil,
      "\(brief(added)) of \(brief(after)) nodes own data that they don't have: \(percent(share)) of the reads find nothing"
        + (value.text.isEmpty ? "" : " (\(value.text))"), calculation, "auto_bootstrap", s, &report)
  }

  /// Replicas that a read asks: by the consistency level that is told, a majority where none is.
  private static func level(_ s: Situation, _ copies: Double) -> Double {
    let texts =
      [s.change.text("consistency", "consistency_level"), s.state.text("consistency", "consistency_level", "before")]
      .compactMap { $0?.uppercased() }
    let majority = (copies / 2).rounded(.down) + 1
    for text in texts {
      let words = text.split { !$0.isLetter && $0 != "_" }.map(String.init)
      if words.contains(where: { $0.hasSuffix("QUORUM") }) { return majority }
      if words.contains("ALL") { return copies }
      if words.contains("ONE") || words.contains("LOCAL_ONE") { return 1 }
    }
    return majority
  }

  private static func streaming(_ added: Double, _ after: Double, _ s: Situation, _ report: inout ChangeReport) {
    guard let size = s.state.gigabytes("db_size_gb", "used_gb") else { return }
    let each = size / after
    if let rate = s.state.number("rewrite_mb_s", "stream_mb_s"), rate > 0 {
      report.metric("bootstrap_s", 0, added * each * 1_024 / rate)
    }
    guard let free = s.state.gigabytes("disk_free_gb") else { return }
    let probability = Exceedance.disk.probability(demand: each, limit: free)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "DISK_FULL", .degradation, s, probability: probability,
        "a node that joins takes over \(brief(each)) GB and has \(brief(free)) GB free",
        Calculation(
          equation: "size / n", inputs: ["db_size_gb": size, "nodes": after], value: each, unit: "GB", threshold: free,
          source: "consistent hashing; DeCandia et al., SOSP 2007"), field: "auto_bootstrap"))
  }
}
