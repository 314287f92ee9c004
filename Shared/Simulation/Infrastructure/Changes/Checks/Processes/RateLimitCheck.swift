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
    let before = s.reading([field]) { rate($0) }.before
    let value = s.change.object[field] ?? .null
    if FactValue.flag(value) == false, FactValue.number(value) == nil {
      // Where there was none, none goes.
      if s.state.value([field, "before"]).flatMap(FactValue.flag) == false { return }
      return lifted(.infinity, before, field, s, &report)
    }
    guard let limit = rate(value) else {
      return report.unknown(
        [field], self, "how many requests \(String(value.summary.prefix(80))) lets through can't be read",
        worst: .degradation, s, field: field, alsoCode: "ERROR_RATE")
    }
    guard limit > 0 else { return nothing(field, s, &report) }
    if let before, limit >= before { return lifted(limit, before, field, s, &report) }
    if each != nil { perAddress(field, limit, s, &report) } else { whole(field, limit, s, &report) }
  }

  /// Requests a second: 50, "50/s", "3000r/m", "100 per minute", "50000/day", "20 per 10 s". nil: what isn't
  /// such a form.
  private static func rate(_ value: InputValue?) -> Double? {
    guard let value else { return nil }
    if let number = FactValue.number(value) { return number }
    guard let text = FactValue.text(value)?.lowercased() else { return nil }
    let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "," || $0 == "_" }
    let plain = digits.filter { $0 != "," && $0 != "_" }
    guard let number = Double(plain), number.isFinite else { return nil }
    var period = 1.0
    var unit: Double?
    // What stands between is read word by word; a word that nobody knows could be a unit.
    var word = ""
    var count = ""
    var isRead = true
    func finish(_ word: String) {
      guard !word.isEmpty else { return }
      if let seconds = periods[word] {
        unit = unit == nil ? seconds : .nan
      } else if !fillers.contains(word) {
        isRead = false
      }
    }
    for character in text.dropFirst(digits.count) + " " {
      if character.isLetter {
        word.append(character)
        continue
      }
      finish(word)
      word = ""
      if character.isNumber || character == "." {
        count.append(character)
      } else if !count.isEmpty {
        period = Double(count) ?? .nan
        count = ""
      } else if !" /-_".contains(character) {
        isRead = false
      }
    }
    let seconds = period * (unit ?? 1)
    guard isRead, seconds.isFinite, seconds > 0, unit != nil || period == 1 else { return nil }
    return number / seconds
  }

  private static let periods: [String: Double] = [
    "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "rps": 1, "qps": 1, "m": 60, "min": 60, "mins": 60,
    "minute": 60, "minutes": 60, "rpm": 60, "qpm": 60, "h": 3_600, "hr": 3_600, "hour": 3_600, "hours": 3_600,
    "rph": 3_600, "hourly": 3_600, "d": 86_400, "day": 86_400, "days": 86_400, "daily": 86_400, "week": 604_800,
  ]
  private static let fillers: Set<String> = [
    "r", "req", "reqs", "request", "requests", "per", "a", "an", "each", "every", "call", "calls", "in", "hits",
  ]

  /// 0 refuses all, or where it stands for "no limit" lets all through. Neither is a limit.
  private static func nothing(_ field: String, _ s: Situation, _ report: inout ChangeReport) {
    report.add(
      issue(
        "ERROR_RATE", .outage, s, probability: s.isUsed == false ? 0.1 : 0.8,
        "a limit of 0 lets no request through, or, where 0 stands for none, every one",
        Calculation(
          equation: "limit > 0", inputs: ["peak_rps": s.state.number("peak_rps")], value: 0, unit: "1/s", threshold: 0,
          source: "RFC 6585 section 4"), field: field))
  }

  /// More is let through than before: guesses at what the limit guarded, and load on what stands behind it.
  private static func lifted(
    _ limit: Double, _ before: Double?, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let isGone = limit == .infinity
    let guarded = ([s.proposal.target] + s.state.texts("asset", "type")).map(Situation.words).reduce(into: Set()) {
      $0.formUnion($1)
    }
    let guesses: Set<String> = ["login", "auth", "signin", "password", "otp", "token", "sso", "credential", "account"]
    if isGone || before.map({ limit > 10 * $0 }) ?? true, !guarded.isDisjoint(with: guesses) {
      report.add(
        issue(
          "EXPOSURE", .exposure, s, probability: 0.8,
          "who guesses passwords is slowed down less, or no longer",
          Calculation(
            equation: "guesses a second", inputs: ["before_rps": before], value: limit.isFinite ? limit : 0,
            unit: "1/s", threshold: before,
            source: "OWASP, Authentication Cheat Sheet; NIST SP 800-63B 5.2.2"), field: field))
    }
    guard let before, before > 0 else {
      guard isGone else { return }
      return report.unknown(
        [field, "peak_rps"], self, "what a limit kept from the service comes now, and how much that is is not known",
        worst: .degradation, s, field: field, alsoCode: "SATURATION")
    }
    guard limit > before else { return }
    // What is offered came through already, or more than that does now.
    let offered = [s.state.number("peak_rps"), s.state.number("flows_per_min").map { $0 / 60 }].compactMap(\.self).max()
    if let offered, offered <= before, !isGone { return }
    let factor = min(limit, offered ?? limit) / before
    guard factor > 1 else { return }
    guard factor.isFinite, let rho = s.state.share("rho", "utilization", "cpu_peak") else {
      return report.unknown(
        ["peak_rps", "rho"], self,
        "more than \(brief(before)) requests a second come through, and what the service can take is not known",
        worst: .degradation, s, field: field, alsoCode: "SATURATION")
    }
    let after = rho * factor
    report.metric("utilization", rho, after)
    let probability = Exceedance.load.probability(demand: after, limit: 1)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "SATURATION", .outage, s, probability: probability,
        "\(brief(factor)) times as many requests come through: utilisation \(brief(after))",
        Calculation(
          equation: "rho min(limit, offered) / limit before",
          inputs: ["rho": rho, "before_rps": before, "limit_rps": limit, "offered_rps": offered], value: after,
          unit: "1", threshold: 1, source: "utilisation law"), field: field))
  }

  private static func whole(_ field: String, _ limit: Double, _ s: Situation, _ report: inout ChangeReport) {
    // Flows of the one path that the limit stands before outrank the peak of the whole site; else whichever is more.
    let flows = s.state.number("flows_per_min").map { $0 / 60 }
    let isOfOnePath = s.change.has("waf_bypass", "path", "route", "endpoint", "location", "uri", "health_check_path")
    let most = [flows, s.state.number("peak_rps")].compactMap(\.self).max()
    guard let offered = isOfOnePath ? flows ?? most : most else {
      return report.unknown(
        ["peak_rps"], self, "more than \(brief(limit)) requests a second are refused, and how many come is not known",
        worst: .degradation, s, field: field, alsoCode: "ERROR_RATE")
    }
    report.metric("refused_share", 0, max(0, 1 - limit / max(offered, limit)))
    let probability = Exceedance.count.probability(demand: offered, limit: limit)
    guard probability > 0.02 else { return }
    refused(max(0.01, 1 - limit / offered), offered, limit, probability, field, s, &report)
  }

  /// What stands between many and their one address.
  private static let gatherers: Set<String> = [
    "gateway", "nat", "proxy", "proxies", "office", "cdn", "edge", "lb", "balancer", "vpn", "cgnat", "carrier",
    "mobile",
    "crawler", "egress", "campus",
  ]

  private static func perAddress(_ field: String, _ limit: Double, _ s: Situation, _ report: inout ChangeReport) {
    let total = s.state.number("peak_rps")
    // Nobody asks more often than all together.
    if let total, total > 0, Exceedance.count.probability(demand: total, limit: limit) < 0.02 { return }
    let unknown = { (report: inout ChangeReport) in
      report.unknown(
        ["client_share", "peak_rps"], self,
        "addresses that ask more than \(brief(limit)) times a second are refused, and how much the busiest asks is not "
          + "known", worst: .degradation, s, field: field, alsoCode: "ERROR_RATE")
    }
    guard let total, case .object(let shares)? = s.state.value(["client_share"]) else { return unknown(&report) }
    // Who comes from one address altogether, rather than one each.
    var hit: [Double] = []
    var isUnsaid = false
    for member in shares {
      guard let share = FactValue.share(member.value), share * total > limit else { continue }
      let name = member.name.lowercased()
      if ["each", "home user", "consumers", "individual", "own address"].contains(where: { name.contains($0) }) {
        continue
      }
      let isOne =
        ["one address", "single address", "one ip", "few", "partner", "load balancer"].contains { name.contains($0) }
        || !Situation.words(name).isDisjoint(with: gatherers)
      if isOne { hit.append(share) } else { isUnsaid = true }
    }
    guard let busiest = hit.max() else {
      if isUnsaid { unknown(&report) }
      return
    }
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
