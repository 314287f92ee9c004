import AccuracyReport
import Foundation

// Labelled changes against the twin's scores; prints Markdown.
let arguments = CommandLine.arguments
guard (2...3).contains(arguments.count) else {
  fatalError("usage: change-accuracy <data folder> [<folder of further sets>]")
}

struct Tally {
  let name: String
  let cases: [ChangeCase]

  var right: Int { cases.count { $0.isRight } }
  private var pairs: [[ChangeCase]] {
    let named = Dictionary(grouping: cases.filter { $0.pair != nil }) { $0.pair ?? "" }
    return named.sorted { $0.key < $1.key }.map(\.value).filter { pair in
      pair.contains { $0.isRisky } && pair.contains { !$0.isRisky }
    }
  }
  var pairCount: Int { pairs.count }
  /// Pairs whose risky changes are all stopped and whose safe ones all pass.
  var separated: Int { pairs.count { $0.allSatisfy { $0.isStopped == $0.isRisky } } }
  var gravelyMissed: Int { cases.count { $0.isGravelyMissed } }

  var row: [String] {
    let risky = cases.filter(\.isRisky)
    let safe = cases.filter { !$0.isRisky }
    return [
      name, "\(right) of \(cases.count)", "\(risky.count { $0.isStopped }) of \(risky.count)",
      "\(risky.count { $0.isNamed }) of \(risky.count)", "\(safe.count { $0.isStopped }) of \(safe.count)",
      "\(gravelyMissed)", "\(separated) of \(pairCount)",
    ]
  }

  var wrong: [String] {
    cases.filter { !$0.isRight }.map { one in
      "\(one.id) (\(one.isRisky ? "risky" : "safe"), score \(Table.number(one.score, 0)), "
        + (one.codes.isEmpty ? "" : "wants \(one.codes.joined(separator: " or ")), ")
        + "found \(one.found.isEmpty ? "nothing" : one.found.joined(separator: " ")))"
    }
  }
}

let own = Tally(
  name: "change-cases.json", cases: try ChangeCase.judged(arguments[1] + "/change-cases.json"))
var tallies = [own]
if arguments.count == 3 {
  for name in try Files.names(in: arguments[2]) where name.hasSuffix(".json") {
    let cases = try ChangeCase.judged("\(arguments[2])/\(name)")
    if !cases.isEmpty { tallies.append(Tally(name: name, cases: cases)) }
  }
}

Table.heading("Labelled changes")
print(
  "Each case's context is the synced state, and the change is sent alone. Right is the label's side of 50 and, for a "
    + "risky change, one of its codes. The judge was built with change-cases.json at hand, so its row says what was "
    + "learned, not how new changes fare.\n")
if tallies.count > 1 {
  print(
    "The other files were written by raters and attackers who didn't build the judge, and were looked at since: what was "
      + "right at first sight, which is what an unseen set may expect, is in Tests/Unit/Infrastructure/Cases/README.md.\n"
  )
}
Table.print(
  header: [
    "set", "right", "risky stopped", "risky named", "safe stopped", "grave ones let through", "pairs separated",
  ], rows: tallies.map(\.row))
for tally in tallies where !tally.wrong.isEmpty {
  print("\nWrong in \(tally.name):\n")
  for line in tally.wrong { print("- \(line)") }
}
let needed = (59 * own.cases.count + 61) / 62
Claims.add(
  "Labelled changes right", aim: "at least \(needed) of \(own.cases.count)",
  measured: "\(own.right) of \(own.cases.count); pairs separated \(own.separated) of \(own.pairCount); grave ones let "
    + "through \(own.gravelyMissed)",
  isMet: own.right >= needed && own.separated == own.pairCount && own.gravelyMissed == 0)
for tally in tallies.dropFirst() {
  Claims.add(
    "Labelled changes right, \(tally.name) (looked at since)", aim: "at least 95 % (59 of 62)",
    measured: "\(tally.right) of \(tally.cases.count)",
    isMet: Double(tally.right) >= 59.0 / 62 * Double(tally.cases.count))
}
