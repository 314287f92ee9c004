import Glibc

/// An error of the operating system: what was tried and the number and text of the error.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
  public let operation: String
  /// The value of `errno`.
  public let code: Int32

  /// The error of the call that was just made.
  public static func last(_ operation: String) -> SystemError { SystemError(operation: operation, code: errno) }

  public var description: String {
    var text = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &text, text.count) == 0 else { return "\(operation): error \(code)" }
    return "\(operation): \(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))"
  }
}
