import SimulationInput

/// What is known of something, by key. Each reading takes the first of several names that is there.
struct Facts: Sendable, Hashable {
  private(set) var object: InputValue

  init(_ object: InputValue) { self.object = object }

  var members: [InputValue.Member] {
    if case .object(let members) = object { members } else { [] }
  }

  var names: [String] { members.map(\.name) }

  func value(_ names: [String]) -> InputValue? {
    for name in names {
      if let value = object[name], value != .null { return value }
    }
    return nil
  }

  func has(_ names: String...) -> Bool { value(names) != nil }

  func number(_ names: String...) -> Double? { value(names).flatMap(FactValue.number) }
  func gigabytes(_ names: String...) -> Double? { value(names).flatMap { FactValue.gigabytes($0) } }
  func seconds(_ names: String...) -> Double? { value(names).flatMap { FactValue.seconds($0) } }
  func share(_ names: String...) -> Double? { value(names).flatMap(FactValue.share) }
  func flag(_ names: String...) -> Bool? { value(names).flatMap(FactValue.flag) }
  func text(_ names: String...) -> String? { value(names).flatMap(FactValue.text) }
  func texts(_ names: String...) -> [String] { value(names).flatMap(FactValue.texts) ?? [] }
  func leadingNumber(_ names: String...) -> Double? { value(names).flatMap(FactValue.leadingNumber) }

  /// The facts with those of `other` over them.
  func merged(with other: InputValue) -> Facts {
    guard case .object(let others) = other, !others.isEmpty else { return self }
    var members = members
    for member in others {
      members.removeAll { $0.name == member.name }
      members.append(member)
    }
    return Facts(.object(members))
  }
}
