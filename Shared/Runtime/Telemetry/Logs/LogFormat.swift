import Logging
import RuntimeSystem

/// How a record is written.
public enum LogFormat: String, Sendable, CaseIterable {
  /// One line for people: time, level, service, message, key=value.
  case text
  /// One JSON object for programs.
  case json
}

/// One record before it is written.
struct LogRecord {
  var time: WallTime
  var level: Logger.Level
  var service: String
  var message: String
  /// Sorted by key.
  var facts: [(key: String, value: String)]
  /// A record longer than this is cut, so that one message can't fill the queue.
  static let maximumValueBytes = 16 << 10

  func text(colours: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(160)
    time.appendRFC3339(to: &bytes)
    bytes.append(UInt8(ascii: " "))
    if colours { bytes += level.colour.utf8 }
    bytes += level.fiveLetters.utf8
    if colours { bytes += "\u{1B}[0m".utf8 }
    bytes.append(UInt8(ascii: " "))
    bytes += service.utf8
    bytes += ": ".utf8
    LogText.appendLine(message, to: &bytes)
    for (key, value) in facts {
      bytes.append(UInt8(ascii: " "))
      bytes += key.utf8
      bytes.append(UInt8(ascii: "="))
      LogText.appendValue(value, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  func json() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(200)
    bytes += #"{"time":""#.utf8
    time.appendRFC3339(to: &bytes)
    bytes += #"","level":""#.utf8
    bytes += level.rawValue.utf8
    bytes += #"","service":"#.utf8
    JSONText.appendString(service, to: &bytes)
    bytes += #","message":"#.utf8
    JSONText.appendString(LogText.cut(message), to: &bytes)
    for (key, value) in facts {
      bytes.append(UInt8(ascii: ","))
      // The four names of the record itself stay unique.
      let taken = key == "time" || key == "level" || key == "service" || key == "message"
      JSONText.appendString(taken ? "_" + key : key, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      JSONText.appendString(LogText.cut(value), to: &bytes)
    }
    bytes += "}\n".utf8
    return bytes
  }
}

/// Text in lines that nobody can forge: control characters never reach the output.
enum LogText {
  static func cut(_ text: String) -> String {
    guard text.utf8.count > LogRecord.maximumValueBytes else { return text }
    // Cutting inside a character leaves a replacement character, which is right: something is missing there.
    return String(decoding: text.utf8.prefix(LogRecord.maximumValueBytes), as: UTF8.self) + "…"
  }

  /// A message: blanks and quotes stay.
  static func appendLine(_ text: String, to bytes: inout [UInt8]) {
    for byte in cut(text).utf8 { appendEscaped(byte, to: &bytes) }
  }

  /// A value: quoted when a reader couldn't tell where it ends.
  static func appendValue(_ text: String, to bytes: inout [UInt8]) {
    let isPlain =
      !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3D && $0 != 0x5C && $0 != 0x7F }
    if isPlain, text.utf8.count <= LogRecord.maximumValueBytes {
      bytes += text.utf8
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in cut(text).utf8 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
      appendEscaped(byte, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendEscaped(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
    case UInt8(ascii: "\r"): bytes += #"\r"#.utf8
    case UInt8(ascii: "\t"): bytes += #"\t"#.utf8
    case 0..<0x20, 0x7F: bytes += "\\x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
    default: bytes.append(byte)
    }
  }
}

/// The little JSON that the runtime writes.
package enum JSONText {
  /// Appends `text` as a JSON string with its quotes.
  package static func appendString(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += #"\""#.utf8
      case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
      case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
      case UInt8(ascii: "\r"): bytes += #"\r"#.utf8
      case UInt8(ascii: "\t"): bytes += #"\t"#.utf8
      case 0..<0x20, 0x7F: bytes += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension Logger.Level {
  fileprivate var fiveLetters: String {
    switch self {
    case .trace: "TRACE"
    case .debug: "DEBUG"
    case .info: "INFO "
    case .notice: "NOTE "
    case .warning: "WARN "
    case .error: "ERROR"
    case .critical: "FATAL"
    }
  }

  fileprivate var colour: String {
    switch self {
    case .trace, .debug: "\u{1B}[2m"
    case .info, .notice: "\u{1B}[32m"
    case .warning: "\u{1B}[33m"
    case .error, .critical: "\u{1B}[31m"
    }
  }
}
