import SimulationInput

/// What the nodes of a store that spreads its data over them have to hold when there are fewer of them.
///
/// Each of n nodes keeps about used/n; a store stops taking writes some way before a disk is full. Source: Elasticsearch
/// documentation, "Disk-based shard allocation settings" (high watermark 90 %, flood stage 95 %: indices become read-only).
enum NodeStorageCheck: ChangeCheck {
  static let model = "node_storage"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let nodes = ServiceLoad(s).instances
    guard let field = nodes.field, nodes.isLowered, let before = nodes.before, let after = nodes.after, after >= 1,
      s.state.has("used_gb", "used_percent")
    else { return }
    let together = s.state.gigabytes("used_gb").flatMap { used in
      s.state.gigabytes("disk_free_gb", "free_gb").map { used + $0 }
    }
    guard let size = s.state.gigabytes("size_gb", "disk_gb") ?? together, size > 0 else {
      report.ran(self)
      return report.unknown(
        ["size_gb"], self,
        "\(brief(after)) instead of \(brief(before)) nodes hold what is stored, and how large their disks are is not known",
        worst: .outage, s, field: field, alsoCode: "DISK_FULL")
    }
    guard let used = s.state.gigabytes("used_gb") ?? s.state.share("used_percent").map({ percent(of: size, $0) }) else {
      return
    }
    // Of more than one disk holds the whole is meant, otherwise what each node has.
    let total = used > size ? used : used * before
    let each = total / after
    report.ran(self)
    report.understand(field)
    report.metric("node_used_gb", total / before, each)
    let probability = Exceedance.disk.probability(demand: each, limit: size)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "DISK_FULL", .outage, s, probability: probability,
        "\(brief(after)) instead of \(brief(before)) nodes hold \(brief(each)) GB each, of \(brief(size)) GB",
        Calculation(
          equation: "used / nodes <= 0.95 size", inputs: ["used_gb": total, "nodes": after, "before": before],
          value: each, unit: "GB", threshold: size, source: "Elasticsearch documentation, disk-based shard allocation"),
        field: field))
  }

  private static func percent(of size: Double, _ share: Double) -> Double { size * (share > 1 ? share / 100 : share) }
}
