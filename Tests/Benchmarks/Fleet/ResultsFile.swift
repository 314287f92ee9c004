import Foundation

/// The page of results, of which each part has a heading and is replaced as a whole.
struct ResultsFile: Sendable {
  private static let mark = "## "
  private let file: URL

  init(_ path: String) { file = URL(fileURLWithPath: path) }

  /// Replaces the part with this heading, or adds it at the end.
  func put(_ title: String, _ lines: [String]) throws {
    let old = ((try? String(contentsOf: file, encoding: .utf8)) ?? "").components(separatedBy: "\n")
    let heading = Self.mark + title
    var kept = old
    var place = old.count
    if let begin = old.firstIndex(of: heading) {
      let end = old[(begin + 1)...].firstIndex { $0.hasPrefix(Self.mark) } ?? old.count
      kept.removeSubrange(begin..<end)
      place = begin
    }
    while place > 0, kept[place - 1].isEmpty {
      place -= 1
      kept.remove(at: place)
    }
    var part = ["", heading, ""] + lines
    part.append("")
    kept.insert(contentsOf: part, at: place)
    try kept.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
  }
}
