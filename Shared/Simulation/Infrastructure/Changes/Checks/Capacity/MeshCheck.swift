import SimulationInput

/// Instances that each hold a connection, or a thread, for every other one: what each needs grows with their number.
///
/// Need of one process = k (n − 1) + what its clients take, against RLIMIT_NOFILE or the limit of threads.
/// Source: getrlimit(2) (RLIMIT_NOFILE, RLIMIT_NPROC); AWS, "Summary of the Amazon Kinesis event in the Northern Virginia
/// Region" (2020), where more front ends brought each one beyond its threads.
enum MeshCheck: ChangeCheck {
  static let model = "full_mesh"
  /// The soft limit that Linux gives a process where nobody raised it (getrlimit(2), systemd.exec(5)).
  private static let usualLimit = 1_024.0

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let load = ServiceLoad(s)
    let count = load.instances.field != nil ? load.instances : s.reading(["max_instances"], state: ["current_max"])
    guard let field = count.field, count.isRaised, let after = count.after, after > 1, let mesh = Mesh(s) else {
      return
    }
    report.ran(self)
    func need(_ instances: Double) -> Double { mesh.each * (instances - 1) + mesh.others }
    let (unit, limit, key) =
      mesh.isThreads
      ? ("threads", s.state.number("threads_max", "max_threads", "pids_max", "ulimit_nproc"), "max_threads")
      : ("descriptors", s.state.number("ulimit_nofile", "nofile", "max_open_files"), "ulimit_nofile")
    guard let limit else {
      guard need(after) > usualLimit else { return }
      return report.unknown(
        [key], self,
        "each of \(brief(after)) needs \(brief(need(after))) \(unit), and how many it may have is not known",
        worst: .outage, s, field: field, alsoCode: "FD_EXHAUSTION")
    }
    report.metric("mesh_share", count.before.map { need($0) / limit }, need(after) / limit)
    let probability = Exceedance(spread: 0.05, reserve: 0).probability(demand: need(after), limit: limit)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "FD_EXHAUSTION", .outage, s, probability: probability,
        "each of \(brief(after)) keeps \(brief(mesh.each)) for every other one and \(brief(mesh.others)) beside: "
          + "\(brief(need(after))) \(unit), and \(brief(limit)) may be, on all of them at once",
        Calculation(
          equation: "k (n - 1) + others <= limit",
          inputs: ["per_peer": mesh.each, "instances": after, "others": mesh.others, "before": count.before],
          value: need(after), unit: unit, threshold: limit, source: "getrlimit(2)"), field: field,
        remedy: "raise the limit first, or split the mesh into cells"))
  }

  /// How the instances hang together, as the state says.
  private struct Mesh {
    /// For each other instance.
    var each: Double
    /// Beside them.
    var others: Double
    var isThreads = false

    init?(_ s: Situation) {
      let beside = s.state.number("client_connections_per_instance", "connections_per_instance")
      if let told = s.state.number("connections_per_peer") ?? (s.state.flag("full_mesh") == true ? 1 : nil) {
        (each, others) = (told, beside ?? 0)
        return
      }
      let clauses = (s.consumers + s.state.texts("asset", "type", "data")).flatMap {
        $0.lowercased().split { ",;:".contains($0) }.map(String.init)
      }
      let signs = ["every other", "each other", "all other", "every peer", "all peers", "full mesh"]
      guard let mesh = clauses.first(where: { text in signs.contains { text.contains($0) } }) else { return nil }
      each = Self.count(mesh) ?? 1
      isThreads = Situation.words(mesh).contains { $0.hasPrefix("thread") }
      others = beside ?? clauses.filter { $0 != mesh }.compactMap(Self.count).reduce(0, +)
    }

    /// The number before "connections", with at most one word between.
    private static func count(_ clause: String) -> Double? {
      let words = clause.split { $0 == " " || $0 == "\t" }.map(String.init)
      let things = ["connection", "socket", "descriptor", "thread", "stream", "file"]
      guard let place = words.firstIndex(where: { word in things.contains { word.hasPrefix($0) } }) else { return nil }
      return words[..<place].suffix(2).compactMap { word in ["one", "a"].contains(word) ? 1 : Double(word) }.last
    }
  }
}
