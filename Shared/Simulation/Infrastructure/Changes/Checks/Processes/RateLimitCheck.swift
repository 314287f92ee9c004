import SimulationInput

/// Limits on how often may be asked, against how often is.
///
/// Of an offered rate λ a limit r lets r pass: the share 1 − r/λ is refused (429 or 503). A limit for each address hits the
/// addresses behind which many are. Source: RFC 6585 section 4; nginx documentation, ngx_http_limit_req_module.
enum RateLimitCheck: ChangeCheck {
  static let model = "rate_limit"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let each = ["rate_limit_per_address", "rate_limit_per_ip", "rate_limit_per_client"].first { s.change.has($0) }
    let all = ["rate_limit"].first { s.change.has($0) }
    guard let field = each ?? all else { return }
    report.ran(self)
    report.understand(field)
    for manner in ["block_minutes", "burst", "nodelay", "limit_key"] where s.change.has(manner) {
      report.understand(manner)
    }
    guard s.change.flag(field) == nil || s.change.number(field) == 1, let limit = rate(s.change.object[field]) else {
      return
    }
    let before = s.reading([field]) { rate($0) }.before
    if let before, limit >= before { return }
    if each != nil { perAddress(field, limit, s, &report) } else { whole(field, limit, s, &report) }
  }

  /// Requests a second: 50, "50/s", "3000r/m".
  private static func rate(_ value: InputValue?) -> Double? {
    guard let value else { return nil }
    if let number = FactValue.number(value) { return number }
    guard let text = FactValue.text(value)?.lowercased(), let number = FactValue.leadingNumber(value) else {
      return nil
    }
    let unit = text.split(separator: "/").last.map { $0.drop { $0 == " " } } ?? ""
    return unit.hasPrefix("m") ? number / 60 : unit.hasPrefix("h") ? number / 3_600 : number
  }

  private static func whole(_ field: String, _ limit: Double, _ s: Situation, _ report: inout ChangeReport) {
    // Flows of what the limit stands before outrank the peak of the whole site.
    guard let offered = s.state.number("flows_per_min").map({ $0 / 60 }) ?? s.state.number("peak_rps") else {
      return report.unknown(
        ["peak_rps"], self, "more than \(brief(limit)) requests a second are refused, and how many come is not known",
        worst: .degradation, s, field: field, alsoCode: "ERROR_RATE")
    }
    report.metric("refused_share", 0, max(0, 1 - limit / max(offered, limit)))
    let probability = Exceedance.count.probability(demand: offered, limit: limit)
    guard probability > 0.02 else { return }
    refused(max(0.01, 1 - limit / offered), offered, limit, probability, field, s, &report)
  }

  private static func perAddress(_ field: String, _ limit: Double, _ s: Situation, _ report: inout ChangeReport) {
    guard let total = s.state.number("peak_rps"), case .object(let shares)? = s.state.value(["client_share"]) else {
      return report.unknown(
        ["client_share", "peak_rps"], self,
        "addresses that ask more than \(brief(limit)) times a second are refused, and how much the busiest asks is not "
          + "known", worst: .degradation, s, field: field, alsoCode: "ERROR_RATE")
    }
    // Who comes from one address altogether, rather than one each.
    let gathered = shares.compactMap { member -> Double? in
      let name = member.name.lowercased()
      let isOne =
        ["one address", "single address", "one ip", "gateway", "nat", "proxy", "office"].contains { name.contains($0) }
        && !name.contains("each")
      return isOne ? FactValue.share(member.value) : nil
    }
    let hit = gathered.filter { $0 * total > limit }
    guard let busiest = hit.max() else { return }
    // The share of all requests that is theirs and too many; where refused addresses are blocked, all of theirs.
    let isBlocked = s.change.has("block_minutes")
    let share = hit.reduce(0) { $0 + (isBlocked ? $1 : $1 - limit / total) }
    refused(share, busiest * total, limit, 0.9, field, s, &report)
  }

  private static func refused(
    _ share: Double, _ offered: Double, _ limit: Double, _ probability: Double, _ field: String, _ s: Situation,
    _ report: inout ChangeReport
  ) {
    report.add(
      issue(
        "ERROR_RATE", Weight.degradation.hitting(max(0.5, share)), s, probability: min(0.95, probability),
        "\(brief(offered)) requests a second come where \(brief(limit)) are let through: \(percent(share)) are refused",
        Calculation(
          equation: "1 - limit / rate", inputs: ["rate_rps": offered, "limit_rps": limit], value: share, unit: "1",
          threshold: TimeoutCheck.toleratedShare, source: "RFC 6585 section 4"), field: field))
  }
}
