#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What `next_page_token` holds: where a list goes on, and which list that is.
///
/// It is opaque to clients. A token of another list, or of the same list with another filter, isn't accepted.
public struct PageToken: Sendable, Hashable {
  /// The token's longest text; a longer one isn't looked at.
  public static let maximumLength = 4_096

  /// Names the list with its filter, such as `twins|sedan`.
  public var list: String
  /// Where the next page starts.
  public var position: [Int64]

  public init(list: String, position: [Int64]) {
    self.list = list
    self.position = position
  }

  /// The token as text.
  public var text: String {
    let numbers = position.map { String($0) }.joined(separator: ",")
    let content = "\(numbers)|\(list)"
    return Data("\(Self.check(content))|\(content)".utf8).base64EncodedString()
  }

  /// Reads the position out of a token of this list.
  ///
  /// - Parameter count: the numbers that a position of the list has.
  /// - Returns: nil when the text isn't such a token.
  public static func position(in text: String, of list: String, count: Int) -> [Int64]? {
    guard text.utf8.count <= maximumLength, let data = Data(base64Encoded: text) else { return nil }
    let parts = String(decoding: data, as: UTF8.self).split(
      separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2] == list, parts[0] == check("\(parts[1])|\(parts[2])") else { return nil }
    let position = parts[1].split(separator: ",", omittingEmptySubsequences: false).map { Int64($0) }
    guard position.count == count else { return nil }
    let numbers = position.compactMap(\.self)
    return numbers.count == count ? numbers : nil
  }

  /// The token of a list that is ordered by name: it goes on after this one.
  public static func text(list: String, after name: String) -> String {
    let content = "\(name.utf8.count)|\(name)|\(list)"
    return Data("\(check(content))|\(content)".utf8).base64EncodedString()
  }

  /// Reads the name out of a token of this list.
  ///
  /// - Returns: nil when the text isn't such a token.
  public static func name(in text: String, of list: String) -> String? {
    guard text.utf8.count <= maximumLength, let data = Data(base64Encoded: text) else { return nil }
    let parts = String(decoding: data, as: UTF8.self).split(
      separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == check("\(parts[1])|\(parts[2])"), let length = Int(parts[1]), length >= 0,
      parts[2].utf8.count >= length
    else { return nil }
    let name = String(decoding: parts[2].utf8.prefix(length), as: UTF8.self)
    return parts[2].utf8.dropFirst(length).elementsEqual("|\(list)".utf8) ? name : nil
  }

  /// FNV-1a with 32 bits: finds tokens that were mistyped or cut, protects against nobody.
  private static func check(_ content: String) -> String {
    var hash: UInt32 = 0x811c_9dc5
    for byte in content.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return String(hash, radix: 16)
  }
}
