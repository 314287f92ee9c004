/// A command line of the suite is not understood.
public struct FlagError: Error, CustomStringConvertible {
  public let description: String
}

/// The command line of the suite's programs, written as all implementations of gRPC write it: names with underscores,
/// `--name=value`, `--name value` or `-name=value`; a boolean without a value is true.
public struct SuiteFlags: Sendable {
  private var values: [String: String] = [:]

  /// - Parameters:
  ///   - arguments: without the program's name.
  ///   - named: the flags that take a value.
  ///   - booleans: the flags that are true or false.
  public init(_ arguments: [String], named: Set<String>, booleans: Set<String>) throws(FlagError) {
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      index += 1
      guard argument.hasPrefix("-") else { throw FlagError(description: "unexpected argument \(argument)") }
      let body = argument.drop { $0 == "-" }
      let parts = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      if parts.count == 2 {
        guard named.contains(name) || booleans.contains(name) else { throw Self.unknown(name) }
        values[name] = String(parts[1])
      } else if booleans.contains(name) {
        let isValue = index < arguments.count && Self.boolean(arguments[index]) != nil
        values[name] = isValue ? arguments[index] : "true"
        if isValue { index += 1 }
      } else if named.contains(name) {
        guard index < arguments.count else { throw FlagError(description: "--\(name) needs a value") }
        values[name] = arguments[index]
        index += 1
      } else {
        throw Self.unknown(name)
      }
    }
  }

  /// The value of a flag; nil when it wasn't given or is empty.
  public subscript(_ name: String) -> String? {
    guard let value = values[name], !value.isEmpty else { return nil }
    return value
  }

  /// - Returns: `fallback` when the flag wasn't given.
  public func integer(_ name: String, in range: ClosedRange<Int>, default fallback: Int) throws(FlagError) -> Int {
    guard let text = self[name] else { return fallback }
    guard let number = Int(text), range.contains(number) else {
      throw FlagError(
        description: "--\(name)=\(text) is not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// - Returns: false when the flag wasn't given.
  public func boolean(_ name: String) throws(FlagError) -> Bool {
    guard let text = self[name] else { return false }
    guard let value = Self.boolean(text) else {
      throw FlagError(description: "--\(name)=\(text) is neither true nor false")
    }
    return value
  }

  private static func boolean(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "1", "yes": true
    case "false", "0", "no": false
    default: nil
    }
  }

  private static func unknown(_ name: String) -> FlagError { FlagError(description: "unknown flag --\(name)") }
}
