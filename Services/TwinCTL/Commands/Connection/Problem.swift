import ArgumentParser
import Foundation
import RPCCore
import RPCErrors

/// How the process ends. Wrong arguments end it with 64, which is the argument parser's.
enum ProcessExit {
  static let failed = ExitCode(1)
  static let error = ExitCode(2)
}

/// Something that went wrong, in words for people.
struct Problem: Error, CustomStringConvertible {
  var description: String
}

/// Errors as people read them.
enum ProblemText {
  /// The error with its code and reason, then one line for each wrong field.
  static func lines(_ error: any Error) -> [String] {
    guard let error = error as? RPCError else { return ["\(error)"] }
    guard let fault = ServiceFault(error) else { return ["\(error.code.name): \(error.message)"] }
    var lines = ["\(fault.code.name) \(fault.reason): \(fault.message)"]
    lines += fault.violations.map { "  \($0.field): \($0.description)" }
    if let delay = fault.retryAfter { lines.append("  worth another try in \(delay)") }
    return lines
  }
}

/// What is for people rather than programs goes to the standard error.
enum StandardError {
  static func print(_ lines: [String]) { write(lines.map { $0 + "\n" }.joined()) }

  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
