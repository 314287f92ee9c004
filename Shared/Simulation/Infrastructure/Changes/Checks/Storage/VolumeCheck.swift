#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import SimulationInput

/// Size, growth and speed of a volume.
///
/// Source: AWS documentation, "Amazon EBS volume types" (gp2: 3 IOPS/GiB, 100 to 16,000, bursts to 3,000 below 1,000
/// GiB; gp3: 3,000 included; st1 and sc1: throughput volumes of 1 MiB I/O, 40 and 12 MiB/s per TiB).
enum VolumeCheck: ChangeCheck {
  static let model = "volume"

  /// A bound has to be this much above the size for one step of growth, by AWS's documentation of storage autoscaling.
  private static let leastRoom = 1.1

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    size(s, &report)
    speed(s, &report)
    archive(s, &report)
    autogrow(s, &report)
  }

  /// A volume that no longer grows by itself is full when its growth says so.
  private static func autogrow(_ s: Situation, _ report: inout ChangeReport) {
    guard s.change.has("storage_autogrow") else { return }
    report.ran(self)
    report.understand("storage_autogrow")
    let bound = s.change.object["storage_autogrow"].flatMap { value in
      FactValue.flag(value) == nil ? FactValue.gigabytes(value) : nil
    }
    guard s.change.flag("storage_autogrow") == false || bound != nil else { return }
    // A bound far above the size leaves room; at the size nothing grows any more.
    if let bound {
      guard let size = s.state.gigabytes("size_gb") else {
        return report.unknown(
          ["size_gb"], self, "the volume grows up to \(brief(bound)) GB, and how large it is is not known",
          worst: .outage,
          s, field: "storage_autogrow", alsoCode: "DISK_FULL")
      }
      if let used = s.state.gigabytes("used_gb")
        ?? s.state.number("used_percent").map({ size * ($0 > 1 ? $0 / 100 : $0) }),
        s.state.has("growth_percent_per_day")
      {
        return growth(used, max(size, bound), 14, "storage_autogrow", s, &report)
      }
      guard bound < size * leastRoom else { return }
    }
    guard let size = s.state.gigabytes("size_gb"), s.state.has("growth_percent_per_day"),
      let used = s.state.gigabytes("used_gb")
        ?? s.state.number("used_percent").map({ size * ($0 > 1 ? $0 / 100 : $0) })
    else {
      report.unknown(
        ["used_percent", "growth_percent_per_day"], self,
        "nothing grows the volume any more, and when it is full is not known",
        worst: .outage, s, field: "storage_autogrow", alsoCode: "DISK_FULL")
      return
    }
    growth(used, size, 14, "storage_autogrow", s, &report)
  }

  /// Classes from which nothing is read before it is brought back, which takes hours.
  /// Source: AWS documentation, "Understanding archive retrieval options" (GLACIER minutes to 12 h, DEEP_ARCHIVE 12 to 48 h).
  private static func archive(_ s: Situation, _ report: inout ChangeReport) {
    guard let field = ["storage_class", "type"].first(where: { s.change.has($0) }),
      let text = s.change.text(field)?.uppercased(),
      text.contains("GLACIER") && !text.contains("INSTANT") || text.contains("ARCHIVE")
        || text.contains("COLDLINE_OFFLINE")
    else {
      let text = s.change.text("storage_class")?.uppercased() ?? ""
      if text.contains("REDUCED") || text.contains("ONEZONE") || text.contains("ONE_ZONE") {
        let value = Reloadable(s)
        report.add(
          issue(
            "DATA_LOSS", value.isReloadable ? .nuisance : .lossOfData, s, probability: 0.65,
            "the class keeps fewer copies, or all in one zone",
            Calculation(
              equation: "copies and zones of the class", inputs: [:], value: 1, unit: "zones", threshold: 3,
              source: "AWS documentation, Amazon S3 storage classes"), field: "storage_class"))
      }
      if s.change.has("storage_class"), s.proposal.kind == .storage {
        report.ran(self)
        report.understand("storage_class")
      }
      return
    }
    report.ran(self)
    report.understand(field)
    for other in s.settings where other.contains("days") || other.contains("transition") { report.understand(other) }
    guard let reads = s.state.number("peak_rps", "flows_per_min") else {
      report.unknown(
        ["peak_rps"], self, "what moves can't be read for hours, and how often it is read is not known",
        worst: .degradation, s, field: field, alsoCode: "REACHABILITY_LOSS")
      return
    }
    guard reads > 0.01 else { return }
    let message = "up to \(brief(reads)) reads a second fail until what they want is brought back, which takes hours"
    let calculation = Calculation(
      equation: "reads of what is archived", inputs: ["peak_rps": reads], value: reads, unit: "1/s", threshold: 0,
      source: "AWS documentation, archive retrieval options")
    report.add(issue("ERROR_RATE", .outage, s, probability: 0.9, message, calculation, field: field))
    report.add(issue("REACHABILITY_LOSS", .degradation, s, probability: 0.9, message, calculation, field: field))
  }

  private static func size(_ s: Situation, _ report: inout ChangeReport) {
    let size = s.reading(
      ["size_gb", "volume_size_gb", "storage_gb", "disk_gb", "capacity_gb", "size"],
      state: [
        "before_gb", "size_gb",
      ]
    ) { FactValue.gigabytes($0) }
    guard let field = size.field, let after = size.after else { return }
    report.ran(self)
    report.understand(field)
    let used =
      s.state.gigabytes("used_gb")
      ?? s.state.number("used_percent").flatMap { share in
        size.before.map { $0 * (share > 1 ? share / 100 : share) }
      }
    if let used {
      report.metric("used_share", size.before.map { used / $0 }, used / after)
      if used > after * 0.95 { return tooSmall(used, after, field, s, &report) }
      // What was roomy and no longer is has to last for the month in which nobody looks.
      growth(used, after, size.isLowered ? 30 : 7, field, s, &report)
    } else if size.isLowered {
      report.unknown(
        ["used_gb"], self, "the volume shrinks to \(brief(after)) GB, and how much is used is not known",
        worst: .lossOfData, s, field: field, alsoCode: "DATA_LOSS")
      return
    }
    if size.isLowered {
      report.add(
        issue(
          "DATA_LOSS", .fragility, s, probability: 0.4,
          "volumes can't be shrunk in place: everything is copied to a smaller one",
          Calculation(
            equation: "after < before", inputs: ["before_gb": size.before, "after_gb": after], value: after, unit: "GB",
            threshold: size.before, source: "AWS documentation, modifying an EBS volume (only larger)"), field: field))
    }
    if size.isRaised, s.state.flag("online_resize") == false, s.isQuiet != true {
      report.add(
        issue(
          "DOWNTIME", .degradation, s, probability: 0.75, "the volume is grown while nothing uses it",
          Calculation(
            equation: "online_resize", inputs: [:], value: 0, unit: "1", threshold: 1,
            source: "file system's documentation"), field: field))
    }
  }

  private static func tooSmall(
    _ used: Double, _ after: Double, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let calculation = Calculation(
      equation: "used <= size", inputs: ["used_gb": used, "size_gb": after], value: used, unit: "GB",
      threshold: after, source: "arithmetic; 5 % are reserved (mke2fs(8))")
    let message = "\(brief(used)) GB are used and don't fit \(brief(after)) GB"
    report.add(issue("DISK_FULL", .outage, s, probability: 0.97, message, calculation, field: field))
    if used > after {
      report.add(issue("DATA_LOSS", .lossOfData, s, probability: 0.9, message, calculation, field: field))
    }
  }

  /// Time until it is full at the measured growth.
  private static func growth(
    _ used: Double, _ size: Double, _ horizon: Double, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard let rate = s.state.number("growth_percent_per_day").map({ $0 / 100 }), rate > 0 else { return }
    let days = log(size * 0.95 / used) / log(1 + rate)
    report.metric("days_to_full", days, days)
    let probability = Exceedance(spread: 0.3, reserve: 0).probability(demand: horizon, limit: max(0.01, days))
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "DISK_FULL", .outage, s, probability: probability,
        "it is full in \(brief(days)) days at \(percent(rate)) a day",
        Calculation(
          equation: "t = ln(0.95 size / used) / ln(1 + growth)",
          inputs: ["used_gb": used, "size_gb": size, "growth_percent_per_day": rate * 100], value: days,
          unit: "days", threshold: horizon, source: "compound growth"), field: field))
  }

  // MARK: Speed

  /// I/O operations a second that a type gives; nil for types that aren't known.
  static func operations(_ type: String, gigabytes: Double?) -> Double? {
    switch type.lowercased() {
    case "gp3": 3_000
    case "gp2": gigabytes.map { min(16_000, max(100, 3 * $0)) }
    case "io1", "io2": nil
    // Throughput volumes: 16 KiB operations at the baseline of 40 and 12 MiB/s per TiB are few.
    case "st1": gigabytes.map { max(20, 40 * $0 / 1_024) } ?? 250
    case "sc1": gigabytes.map { max(10, 12 * $0 / 1_024) } ?? 120
    case "standard", "magnetic", "hdd": 150
    default: nil
    }
  }

  private static func speed(_ s: Situation, _ report: inout ChangeReport) {
    let provisioned = s.reading(["iops", "provisioned_iops"])
    let typeField = ["type", "volume_type", "storage_type", "storage_class"].first { s.change.has($0) }
    guard let field = provisioned.field ?? typeField, s.proposal.kind == .storage || s.change.has("iops") else {
      return
    }
    let type = typeField.flatMap { s.change.text($0) }
    let size = s.change.gigabytes("size_gb") ?? s.state.gigabytes("size_gb", "before_gb")
    guard let after = provisioned.after ?? type.flatMap({ operations($0, gigabytes: size) }) else {
      if let type, ["io1", "io2", "io2_block_express", "ssd", "nvme", "premium_ssd"].contains(type.lowercased()) {
        report.ran(self)
        report.understand(typeField)
      }
      return
    }
    report.ran(self)
    report.understand(provisioned.field, typeField)
    let words = (s.state.text("before_type", "type") ?? "").split { $0 == " " || $0 == "," }.map(String.init)
    let told = zip(words, words.dropFirst()).first { $1.lowercased().hasPrefix("iops") }.flatMap { Double($0.0) }
    let old = told ?? words.first.flatMap { operations($0, gigabytes: size) }
    guard let peak = s.state.number("peak_iops") else {
      let wasProvisioned = words.first.map { $0.lowercased().hasPrefix("io") } ?? false
      if (provisioned.isLowered && provisioned.before != nil) || (old ?? 0) > after
        || wasProvisioned && type?.lowercased().hasPrefix("io") == false
      {
        report.unknown(
          ["peak_iops"], self, "the volume gives \(brief(after)) IOPS, and how many are used is not known",
          worst: .degradation, s, field: field, alsoCode: "IO_SATURATION")
      }
      return
    }
    report.metric("io_share", (provisioned.before ?? old).map { peak / $0 }, peak / after)
    let probability = Exceedance.load.probability(demand: peak, limit: after)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "IO_SATURATION", .degradation, s, probability: probability,
        "\(brief(peak)) I/O operations a second at peak, and the volume gives \(brief(after)): utilisation "
          + brief(peak / after),
        Calculation(
          equation: "rho = peak / IOPS", inputs: ["peak_iops": peak, "iops": after, "size_gb": size],
          value: peak / after, unit: "1", threshold: 1, source: "AWS documentation, Amazon EBS volume types"),
        field: field))
  }
}
