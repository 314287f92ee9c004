import SimulationInput

/// What a more talkative log writes, and what it shows.
///
/// Bytes = λ · bytes a request · share of requests · time, against what is free. What stands in requests stands in the log
/// then, unless it is masked. Source: OWASP Logging Cheat Sheet, "Data to exclude".
enum LogVolumeCheck: ChangeCheck {
  static let model = "log_volume"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let field = "log_level"
    guard let level = s.change.text(field)?.lowercased(), ["debug", "trace", "verbose"].contains(level),
      let bytes = s.change.number("bytes_per_request") ?? s.state.number("log_bytes_per_request"), bytes >= 0
    else { return }
    report.ran(self)
    report.understand(field)
    let manners = [
      "bytes_per_request", "sampled_requests", "sample_rate", "revert_after_hours", "revert_after", "duration_hours",
    ]
    for name in manners where s.change.has(name) { report.understand(name) }
    let data = s.state.text("data") ?? ""
    let masks = ["masked", "redacted", "scrubbed", "anonymis", "anonymiz"]
    let isMasked = FreeText(data).says(stems: masks) || data.lowercased().contains("no personal")
    if !isMasked || FreeText(data).denies(stems: masks) {
      report.unknown(
        ["data"], self, "requests are written to the log, and whether what mustn't be there is masked is not known",
        worst: .violation, s, field: field, alsoCode: "EXPOSURE")
    }
    let share = s.change.share("sampled_requests", "sample_rate") ?? 1
    let hours =
      s.change.number("revert_after_hours", "duration_hours") ?? s.change.seconds("revert_after").map { $0 / 3_600 }
      ?? s.proposal.durationHours
    guard let rate = s.state.number("peak_rps"), let free = s.state.gigabytes("disk_free_gb") else {
      return report.unknown(
        ["peak_rps", "disk_free_gb"], self, "\(brief(bytes)) bytes a request are logged, and what is free is not known",
        worst: .outage, s, field: field, alsoCode: "DISK_FULL")
    }
    let need = rate * bytes * share * hours * 3_600 / FactValue.gigabyte
    report.metric("log_gb", 0, need)
    let probability = Exceedance.disk.probability(demand: need, limit: free)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "DISK_FULL", .outage, s, probability: probability,
        "\(brief(need)) GB of log in \(brief(hours)) h, and \(brief(free)) GB are free",
        Calculation(
          equation: "rate x bytes x share x time",
          inputs: ["peak_rps": rate, "bytes_per_request": bytes, "share": share, "hours": hours], value: need,
          unit: "GB", threshold: free, source: "arithmetic"), field: field,
        remedy: "sample, and set it back by itself"))
  }
}
