public import SimulationInput

extension ProposedChange {
  /// Names that say the same: the first one that a state has is the one that is set.
  private static let synonyms: [[String]] = [
    ServiceLoad.instanceState + ServiceLoad.instanceNames, ["db_pool_per_instance"] + PoolCheck.poolNames,
    ["before_gb", "size_gb", "volume_size_gb"], ["current_min", "min_instances", "min_replicas"],
  ]

  /// The state of the target once the change is made: what each setting of it says, under the name that the state uses.
  ///
  /// With the change that sets the old values again it gives the state back.
  public func applied(to state: InputValue) -> InputValue {
    guard case .object(var members) = state else { return state }
    let situation = Situation(self, targetKind: "", state: state)
    for field in situation.settings {
      guard let value = situation.change.object[field] else { continue }
      let group = Self.synonyms.first { $0.contains(field) } ?? []
      let names = [field, "current_\(field)", "\(field)_before", "before_\(field)"] + group
      if let index = names.lazy.compactMap({ name in members.firstIndex { $0.name == name } }).first {
        members[index].value = value
      } else if situation.settings.count == 1, let index = members.firstIndex(where: { $0.name == "before" }) {
        members[index].value = value
      } else {
        members.append(.init(field, value))
      }
    }
    return .object(members)
  }

  /// The change without what is so already. A setting that the state has with the same value changes nothing.
  func withoutRepetition(of state: InputValue) -> ProposedChange {
    // How a version is rolled out, and what is done once, isn't a state that one could be in already.
    let situation = Situation(self, targetKind: "", state: state)
    let members = situation.change.members
    guard ![.deployment, .rollback, .migration].contains(kind) else { return self }
    var effective = self
    effective.change = .object(
      members.filter { member in
        // What is done once isn't a state that one could be in already.
        let verbs = [
          "add", "remove", "insert", "append", "delete", "drop", "disable", "rotate", "revoke", "attach", "detach",
          "restore",
        ]
        guard situation.settings.contains(member.name),
          !verbs.contains(where: { member.name == $0 || member.name.hasPrefix($0 + "_") })
        else { return true }
        let group = Self.synonyms.first { $0.contains(member.name) } ?? []
        let names = [member.name, "current_\(member.name)", "\(member.name)_before", "before_\(member.name)"] + group
        // All that the state says of it must agree.
        var now = Set(names).sorted().compactMap { situation.state.object[$0] }
        if now.isEmpty, situation.settings.count == 1, let before = situation.state.object["before"] { now = [before] }
        return now.isEmpty || !now.allSatisfy { Self.isSame($0, member.value) }
      })
    return effective
  }

  private static func isSame(_ a: InputValue, _ b: InputValue) -> Bool {
    if a == b { return true }
    if let a = FactValue.number(a), let b = FactValue.number(b) { return a == b }
    // Texts with units: a bare number may be in any unit, so only texts compare.
    guard case .string(let first) = a, case .string(let second) = b else { return false }
    // "512m" is thousandths to some and mebibytes to others; "512M" is the latter to all.
    if first.hasSuffix("m") != second.hasSuffix("m") { return false }
    if let a = FactValue.gigabytes(a), let b = FactValue.gigabytes(b) { return abs(a - b) <= 1e-9 * max(a, b) }
    if let a = FactValue.seconds(a), let b = FactValue.seconds(b) { return abs(a - b) <= 1e-9 * max(a, b) }
    // Paths, names and words are what they are written as; only switches have several spellings.
    if let a = FactValue.flag(a), let b = FactValue.flag(b) { return a == b }
    return false
  }
}
