import FleetCore
import SimulationInput
import TwinProto

/// Reads one kind of mirrored system. It never writes to it.
///
/// Credentials come from files that keys ending in `_file` name. They are read when a sync needs them, and neither kept
/// nor told to anybody.
protocol SourceConnector: Sendable {
  /// The least role that the source needs on the mirrored system, for people.
  var requiredRole: String { get }

  /// What is wrong with a configuration; empty when nothing is. Reads nothing. Never quotes a value.
  func problems(with config: SourceConfig) -> [SourceConfig.Problem]

  /// Reads everything that the source knows.
  ///
  /// - Parameter window: the time that metrics are wanted for; what is known already is stored again without harm.
  /// - Throws: anything, with a description for people; credentials are cut out of it by the caller.
  func read(_ config: SourceConfig, window: ReadingWindow) async throws -> MirrorReading
}

/// The time that a sync wants metrics for.
struct ReadingWindow: Sendable, Hashable {
  /// End of the source's newest successful sync; nil before the first.
  var since: UTCInstant?
  /// Now.
  var to: UTCInstant
}

/// What a connector read.
struct MirrorReading: Sendable, Hashable {
  var targets: [String: ReportedTarget] = [:]
  var metrics: [SeriesName: [SeriesPoint]] = [:]
  /// Keys of a target's state that hold the highest value of a series of its that is kept.
  var peaks: [SeriesName: String] = [:]
  /// Keys of a target's state that hold how fast a counter grew between the newest two points of its series.
  var rates: [SeriesName: CounterRate] = [:]
}

/// How the growth of a counter becomes a key of a state.
struct CounterRate: Sendable, Hashable {
  var key: String
  /// What the growth a second is multiplied by.
  var scale: Double

  /// Points further apart than this tell of a time that is over, s.
  static let longestGap = 7_200.0

  /// nil when the points don't tell: too few, too far apart, or the counter was reset between.
  func value(of points: [SeriesPoint]) -> Double? {
    guard points.count >= 2 else { return nil }
    let (a, b) = (points[points.count - 2], points[points.count - 1])
    let gap = b.time.seconds(since: a.time)
    guard gap > 0, gap <= Self.longestGap, b.value >= a.value else { return nil }
    return (b.value - a.value) / gap * scale
  }
}

/// A source that can't be read, in words for people.
struct SourceFailure: Error, Sendable, Hashable, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}

/// The settings of a source.
struct SourceConfig: Sendable {
  struct Problem: Sendable, Hashable {
    var key: String
    var description: String
  }

  var values: TargetState
  let files: CredentialFiles

  init(_ values: TargetState, files: CredentialFiles) {
    self.values = values
    self.files = files
  }

  func text(_ key: String) -> String? { if case .string(let text)? = values[key], !text.isEmpty { text } else { nil } }

  func number(_ key: String) -> Double? { if case .number(let number)? = values[key] { number } else { nil } }

  /// A list of texts; one text alone counts as a list of one.
  func texts(_ key: String) -> [String] {
    switch values[key] {
    case .string(let text)?: [text]
    case .array(let values)?: values.compactMap { if case .string(let text) = $0 { text } else { nil } }
    default: []
    }
  }

  /// The content of a credential file, without white space around it; nil when the key isn't there.
  func credential(_ key: String) throws -> String? { try text(key).map { try files.read($0, key: key) } }

  /// What a key may be.
  enum Shape: Sendable {
    case text, texts
    case number(ClosedRange<Double>)
    case url
  }

  /// Problems of keys that aren't known, or have values of another shape.
  func problems(_ shapes: [String: Shape], required: [String] = []) -> [Problem] {
    var problems: [Problem] = []
    for key in values.keys.sorted() {
      guard let shape = shapes[key] else {
        let known = shapes.keys.sorted().joined(separator: ", ")
        problems.append(Problem(key: key, description: "isn't a setting of this kind of source; those are \(known)"))
        continue
      }
      if let problem = Self.problem(values[key], shape, key: key) {
        problems.append(Problem(key: key, description: problem))
      }
    }
    for key in required where values[key] == nil { problems.append(Problem(key: key, description: "is required")) }
    return problems
  }

  private static func problem(_ value: InputValue?, _ shape: Shape, key: String) -> String? {
    switch (shape, value) {
    case (.text, .string(let text)?):
      if text.isEmpty { return "must not be empty" }
      return key.hasSuffix("_file") && !text.hasPrefix("/") ? "must be an absolute path" : nil
    case (.texts, .string?): return nil
    case (.texts, .array(let values)?):
      return values.allSatisfy { if case .string = $0 { true } else { false } } ? nil : "must be a list of texts"
    case (.number(let range), .number(let number)?):
      return range.contains(number) ? nil : "must lie in \(range.lowerBound) to \(range.upperBound)"
    case (.url, .string(let text)?): return HTTPReader.problem(withURL: text)
    case (.text, _), (.url, _): return "must be a text"
    case (.texts, _): return "must be a text or a list of texts"
    case (.number, _): return "must be a number"
    }
  }
}
