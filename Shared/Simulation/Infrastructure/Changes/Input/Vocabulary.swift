import SimulationDatabases
import SimulationInput

/// One name for what operators, manifests, configuration files and cloud interfaces each call differently.
///
/// Objects are flattened (`spec.maxReplicas`, `resources.limits.memory`), names are split at dots, dashes and capitals, a
/// unit at the end of a name goes into the value, and the name, or the part of its path that is known, becomes the one
/// that the checks use. A name that nobody knows stays, and is judged as not modelled.
enum Vocabulary {
  /// The most settings of a change, and how deep they may be nested; what is beyond stays as it is.
  static let maxSettings = 256
  static let maxDepth = 8
  /// Longer names are nobody's.
  static let maxNameLength = 128

  static func canonical(_ change: InputValue) -> InputValue { canonical(change, .new) }

  /// Which value of "8 -> 1" is read.
  private enum Side { case old, new }

  /// The state with what the change itself says was before: the 8 of "8 -> 1". What the twin knows outranks it.
  static func withFormerValues(of change: InputValue, in state: InputValue) -> InputValue {
    guard case .object(var members) = state, case .object(let olds) = canonical(change, .old) else { return state }
    let news = canonical(change, .new)
    for old in olds.prefix(maxSettings) where news[old.name] != old.value {
      let names = [old.name, "current_\(old.name)", "\(old.name)_before", "before_\(old.name)"]
      guard !members.contains(where: { names.contains($0.name) }) else { continue }
      members.append(.init("\(old.name)_before", old.value))
    }
    return .object(members)
  }

  private static func canonical(_ change: InputValue, _ side: Side) -> InputValue {
    guard case .object = change else { return change }
    var flat: [InputValue.Member] = []
    flatten(AccessForms.gathered(change), path: [], depth: 0, side, into: &flat)
    var result: [InputValue.Member] = []
    for member in flat {
      guard let known = result.first(where: { $0.name == member.name }) else {
        result.append(member)
        continue
      }
      // Two names for one thing that say two things: nobody knows which counts, so the second stays a riddle.
      if known.value != member.value { result.append(.init(member.name + saidTwice, member.value)) }
    }
    return .object(result)
  }

  /// "enabled": false of a target that is a function by its name is that function's own switch.
  static func switched(_ change: InputValue, of target: String) -> InputValue {
    guard case .object(let members) = change else { return change }
    let words = Situation.words(target)
    guard let function = ChangeNames.functions.first(where: { words.contains($0.word) })?.setting,
      !members.contains(where: { $0.name == function })
    else { return change }
    return .object(
      members.map { ["enabled", "enable", "active", "is_enabled"].contains($0.name) ? .init(function, $0.value) : $0 })
  }

  private static let saidTwice = " (said twice)"
  /// The most second values that are judged beside the first ones.
  static let maxOtherReadings = 4

  /// The change with the second value of what it says twice, one such setting at a time.
  static func otherReadings(of change: InputValue) -> [InputValue] {
    guard case .object(let members) = canonical(change) else { return [] }
    return members.filter { $0.name.hasSuffix(saidTwice) }.prefix(maxOtherReadings).map { second in
      let name = String(second.name.dropLast(saidTwice.count))
      return .object(
        members.filter { !$0.name.hasSuffix(saidTwice) }
          .map { $0.name == name ? .init(name, second.value) : $0 })
    }
  }

  /// The state with its bare "before" in the unit that the name of the one changed setting had.
  static func withUnits(of change: InputValue, in state: InputValue) -> InputValue {
    guard case .object(let changed) = change, changed.count == 1, let only = changed.first,
      case .object(let members) = state
    else { return state }
    let segments = only.name.split(whereSeparator: { $0 == "." || $0 == "/" }).map { snake(String($0)) }
    guard only.name.utf8.count <= maxNameLength else { return state }
    let name = known(segments)
    guard let unit = name.unit else { return state }
    return .object(
      members.map { member in
        guard member.name == "before", let number = FactValue.number(member.value) else { return member }
        return .init("before", converted(.number(number), unit: unit, name: name.name))
      })
  }

  // MARK: Structure

  private static func flatten(
    _ value: InputValue, path: [String], depth: Int, _ side: Side, into result: inout [InputValue.Member]
  ) {
    guard case .object(let members) = value else { return }
    for var member in members {
      member.value = chosen(member.value, of: member.name, side)
      guard result.count < maxSettings else {
        // What isn't read isn't judged, and says so.
        result.append(.init("settings beyond \(maxSettings)", .bool(true)))
        return
      }
      guard member.name.utf8.count <= maxNameLength else {
        result.append(.init("a name over \(maxNameLength) characters", .bool(true)))
        continue
      }
      let segments = path + member.name.split(whereSeparator: { $0 == "." || $0 == "/" }).map { snake(String($0)) }
      let name = known(segments)
      if BillingLabels.areAll(segments, member.value) {
        result.append(.init(segments.joined(separator: "_"), member.value))
      } else if member.value == .object([]) || member.value == .null {
        // In a manifest nothing is a value: an empty object is what its name says, and null takes the setting away.
        result.append(.init(name.name, member.value == .null ? .string("none") : .bool(true)))
      } else if case .object = member.value, depth < maxDepth, !ChangeNames.structured.contains(name.name) {
        flatten(member.value, path: segments, depth: depth + 1, side, into: &result)
      } else if name.name == "deregistration_delay_s", namesThings(member.value) {
        // Who is drained rather than for how long.
        result.append(.init("drained", member.value))
      } else if let action = action(name.name, member.value) {
        result.append(action)
      } else {
        let value = quantity(member.value, segments, name.name)
        result.append(.init(name.name, converted(value, unit: name.unit, name: name.name)))
      }
    }
  }

  /// Words of names whose values say where something leads: "80 -> 8080" of a forwarded port.
  private static let directions: Set<String> = [
    "route", "routes", "forward", "forwarding", "dnat", "snat", "nat", "redirect", "rewrite", "map", "mapping",
    "mappings",
    "port", "ports", "path", "flow", "rule", "rules", "policy", "cname", "alias", "sql", "command", "publish",
  ]

  /// One side of "8 -> 1" and "512 MB -> 4 GB"; every other value as it is.
  private static func chosen(_ value: InputValue, of name: String, _ side: Side) -> InputValue {
    guard case .string(let text) = value, text.utf8.count <= maxNameLength else { return value }
    // What leads somewhere isn't what becomes something.
    let words = Set(snake(name).split(separator: "_").map(String.init))
    guard words.isDisjoint(with: directions) else { return value }
    for arrow in ["->", "→", "=>", " to "] {
      guard let range = text.firstRange(of: arrow) else { continue }
      let sides = [text[..<range.lowerBound], text[range.upperBound...]].map { part in
        InputValue.string(String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
      }
      let areQuantities = sides.allSatisfy { FactValue.kind($0) != .word || FactValue.share($0) != nil }
      // "info -> debug", too; a sentence with an arrow in it is none.
      let areWords =
        arrow != " to "
        && sides.allSatisfy { side in
          let word = FactValue.text(side) ?? ""
          return word.first?.isLetter == true && word.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
        }
      guard areQuantities || areWords else { return value }
      return sides[side == .old ? 0 : 1]
    }
    return value
  }

  /// A quantity of Kubernetes: a memory of "512m" is thousandths of a byte there.
  /// Source: Kubernetes documentation, "Resource Management for Pods and Containers".
  private static func quantity(_ value: InputValue, _ segments: [String], _ name: String) -> InputValue {
    guard segments.contains(where: { ["limits", "requests"].contains($0) }), name.hasPrefix("memory"),
      case .string(let text) = value, text.hasSuffix("m"), let amount = Double(String(text.dropLast()))
    else { return value }
    return .string("\(InputValue.text(of: amount / 1_000))B")
  }

  /// Whether a value is a name, or a list of names, rather than a time or a switch.
  private static func namesThings(_ value: InputValue) -> Bool {
    guard let texts = FactValue.texts(value), !texts.isEmpty else { return false }
    return texts.allSatisfy { $0.first?.isLetter == true && FactValue.flag(.string($0)) == nil }
  }

  /// "action": "delete_volume" is the setting delete_volume.
  private static func action(_ name: String, _ value: InputValue) -> InputValue.Member? {
    guard ["action", "operation", "verb"].contains(name), case .string(let text) = value else { return nil }
    let words = snake(text)
    let harmless = [
      "rollout", "undo", "rollback", "deploy", "update", "upgrade", "scale", "resize", "modify", "create", "add",
    ]
    if harmless.contains(where: { words.split(separator: "_").map(String.init).contains($0) }) { return nil }
    return .init(ChangeNames.canonical[words] ?? words, .bool(true))
  }

  /// `DBInstanceClass`, `max-unavailable` and `--storage` as lower-case words.
  static func snake(_ text: String) -> String {
    var result = ""
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      if !character.isLetter && !character.isNumber {
        if !result.isEmpty, result.last != "_" { result.append("_") }
        continue
      }
      let before = index > 0 ? characters[index - 1] : " "
      let after = index + 1 < characters.count ? characters[index + 1] : " "
      let startsWord =
        character.isUppercase && (before.isLowercase || before.isNumber || before.isUppercase && after.isLowercase)
      if startsWord, !result.isEmpty, result.last != "_" { result.append("_") }
      result.append(contentsOf: character.lowercased())
    }
    while result.last == "_" { result.removeLast() }
    return result
  }

  // MARK: Names

  private static func known(_ segments: [String]) -> (name: String, unit: String?) {
    let full = segments.joined(separator: "_")
    // Parameters of PostgreSQL are called what they are called.
    if segments.count == 1 {
      if PostgresParameter.named(full, major: nil) != nil { return (full, nil) }
      // "statement_timeout_ms" is statement_timeout in ms.
      let words = full.split(separator: "_")
      if let unit = words.last.map(String.init), scales.contains(unit) {
        let base = words.dropLast().joined(separator: "_")
        if PostgresParameter.named(base, major: nil) != nil { return (base, unit) }
      }
    }
    // What is reserved isn't what may be used.
    if segments.count > 1, let last = segments.last, ["cpu", "memory"].contains(last),
      segments[segments.count - 2] == "requests"
    {
      return ("\(last)_request", nil)
    }
    for start in segments.indices {
      let name = segments[start...].joined(separator: "_")
      if let canonical = ChangeNames.canonical[name], let unit = ChangeNames.unitsOfSources[name] {
        return (canonical, unit)
      }
      if let canonical = ChangeNames.canonical[name] { return (canonical, otherUnit(of: name, than: canonical)) }
      let words = name.split(separator: "_")
      guard words.count > 1, let unit = words.last.map(String.init), ChangeNames.units.contains(unit) else { continue }
      let base = words.dropLast().joined(separator: "_")
      if let canonical = ChangeNames.canonical[base] { return (canonical, unit) }
    }
    return (full, nil)
  }

  /// The unit that a listed name ends in, where the name that the checks use is in another one: "overlap_hours" is
  /// "grace_s".
  private static func otherUnit(of name: String, than canonical: String) -> String? {
    guard let unit = name.split(separator: "_").last.map(String.init), scales.contains(unit), name != unit,
      let own = canonical.split(separator: "_").last.map(String.init)
    else { return nil }
    let isSame = own == unit || own == "s" && ["s", "sec", "secs", "seconds"].contains(unit)
    return isSame ? nil : unit
  }

  /// Units of times and sizes: what is read without them is off by orders of magnitude.
  private static let scales: Set<String> = ChangeNames.units.subtracting(["percent", "pct", "percentage"])

  /// A bare number with the unit that its name had.
  private static func converted(_ value: InputValue, unit: String?, name: String) -> InputValue {
    guard let unit, let number = FactValue.number(value) else { return value }
    let text = InputValue.text(of: number)
    switch unit {
    case "ms", "millis", "milliseconds": return .string("\(text)ms")
    case "s", "sec", "secs", "seconds": return .string("\(text)s")
    case "min", "mins", "minutes": return .string("\(text)min")
    case "h", "hours": return .string("\(text)h")
    case "days": return name.hasSuffix("_days") ? value : .string("\(text)d")
    case "kb", "kib": return .string("\(text)kB")
    case "mb", "mib": return .string("\(text)MB")
    case "gb", "gib": return .string("\(text)GB")
    case "tb", "tib": return .string("\(text)TB")
    case "percent", "pct", "percentage": return .string("\(text)%")
    default: return value
    }
  }
}
