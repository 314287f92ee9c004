/// Names and labels as the Prometheus text format wants them.
enum MetricText {
  static func isLegal(name: String) -> Bool { !name.isEmpty && name == legalised(name) }

  static func isLegal(label: String) -> Bool {
    !label.isEmpty && label == legalised(label: label) && !label.hasPrefix("__") && label != "le"
  }

  /// `[a-zA-Z_:][a-zA-Z0-9_:]*`, every other character replaced by `_`.
  static func legalised(_ name: String) -> String { legalised(name, colon: true) }

  /// `[a-zA-Z_][a-zA-Z0-9_]*`, every other character replaced by `_`.
  static func legalised(label: String) -> String { legalised(label, colon: false) }

  private static func legalised(_ text: String, colon: Bool) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
        bytes.append(byte)
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if bytes.isEmpty { bytes.append(UInt8(ascii: "_")) }
        bytes.append(byte)
      case UInt8(ascii: ":") where colon: bytes.append(byte)
      default: bytes.append(UInt8(ascii: "_"))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `a="1",b="2"`, values escaped.
  static func labels(_ labels: [(String, String)]) -> String {
    labels.map { "\($0.0)=\"\(escaped($0.1, quote: true))\"" }.joined(separator: ",")
  }

  /// Backslash and line feed, and in a label value the quote, are escaped.
  static func escaped(_ text: String, quote: Bool) -> String {
    guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || (quote && $0 == 0x22) }) else { return text }
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
      case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
      case UInt8(ascii: "\"") where quote: bytes += #"\""#.utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The shortest text that reads as the same number.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    // 2^53: whole numbers up to here are exact and need no fraction.
    if value == value.rounded(), value.magnitude < 9_007_199_254_740_992 { return String(Int64(value)) }
    return "\(value)"
  }
}

extension MetricRegistry {
  /// The content type of `prometheusText`.
  public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// All metrics in the Prometheus text format 0.0.4, sorted by name and labels.
  ///
  /// Source: https://prometheus.io/docs/instrumenting/exposition_formats/
  public func prometheusText() -> String {
    let (families, collected) = snapshot()
    var blocks: [String: String] = [:]
    var rejected: [String: Int] = [:]
    for (name, family) in families {
      blocks[name] = Self.header(name, family.kind, family.help) + family.lines(name)
      if family.rejected > 0 { rejected[name] = family.rejected }
    }
    var samples = collected
    for (name, count) in rejected { samples.add(RuntimeMetrics.rejectedLabelSets, Double(count), name) }
    for (definition, values) in Dictionary(grouping: samples.samples, by: \.definition) {
      let lines = values.sorted { $0.labels < $1.labels }
        .map { Self.line(definition.name, $0.labels, MetricText.number($0.value)) }
      blocks[definition.name] = Self.header(definition.name, definition.kind, definition.help) + lines.joined()
    }
    return blocks.sorted { $0.key < $1.key }.map(\.value).joined()
  }

  private static func header(_ name: String, _ kind: MetricDefinition.Kind, _ help: String) -> String {
    let help = help.isEmpty ? "" : "# HELP \(name) \(MetricText.escaped(help, quote: false))\n"
    return "\(help)# TYPE \(name) \(kind.word)\n"
  }

  static func line(_ name: String, _ labels: String, _ value: String) -> String {
    labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
  }
}

extension MetricRegistry.Family {
  fileprivate func lines(_ name: String) -> String {
    series.sorted { $0.key < $1.key }.map { labels, series in
      switch series {
      case .counter(let handle): MetricRegistry.line(name, labels, String(handle.value))
      case .floatCounter(let handle): MetricRegistry.line(name, labels, MetricText.number(handle.value))
      case .gauge(let handle): MetricRegistry.line(name, labels, MetricText.number(handle.value))
      case .histogram(let handle): histogramLines(name, labels, handle)
      }
    }.joined()
  }

  private func histogramLines(_ name: String, _ labels: String, _ histogram: MetricHistogram) -> String {
    let counts = histogram.cumulativeCounts
    let prefix = labels.isEmpty ? "" : labels + ","
    let bounds = histogram.upperBounds.map(MetricText.number) + ["+Inf"]
    let buckets = zip(bounds, counts).map { bound, count in
      MetricRegistry.line("\(name)_bucket", "\(prefix)le=\"\(bound)\"", String(count))
    }
    return buckets.joined() + MetricRegistry.line("\(name)_sum", labels, MetricText.number(histogram.sum))
      + MetricRegistry.line("\(name)_count", labels, String(counts.last ?? 0))
  }
}
