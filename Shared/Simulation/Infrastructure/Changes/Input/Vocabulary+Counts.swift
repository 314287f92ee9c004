import SimulationInput

/// Counts that are told as a difference.
extension Vocabulary {
  /// "remove_instances": 60 as the count that is left. Where nobody knows how many there are, it stays as it is.
  static func absolute(_ change: InputValue, on state: Facts) -> InputValue {
    guard case .object(let members) = change,
      !members.contains(where: { ServiceLoad.instanceNames.contains($0.name) }),
      let current = state.value(ServiceLoad.instanceState + ["nodes", "node_count"]).flatMap(FactValue.number)
    else { return change }
    func count(_ value: InputValue) -> Double? {
      if case .array(let list) = value { return Double(list.count) }
      return FactValue.number(value)
    }
    let relative = members.filter { signs[$0.name] != nil }
    // Two at once would have to be counted in an order that nobody told.
    guard relative.count == 1, let only = relative.first, let sign = signs[only.name],
      let amount = count(only.value), amount >= 0
    else { return change }
    return .object(
      members.map {
        $0.name == only.name ? .init("instances", .number(max(0, current + sign * amount))) : $0
      })
  }

  /// The sign of each name.
  private static let signs: [String: Double] = {
    var table: [String: Double] = [:]
    for thing in ["instances", "nodes", "replicas", "pods", "servers", "brokers"] {
      for verb in ["add", "more", "scale_up_by", "additional"] { table["\(verb)_\(thing)"] = 1 }
      for verb in ["remove", "terminate", "decommission", "fewer", "drop"] { table["\(verb)_\(thing)"] = -1 }
    }
    table["scale_out_by"] = 1
    table["scale_in_by"] = -1
    return table
  }()
}
