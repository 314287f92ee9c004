import TwinProto

/// The comparison of two runs, metric by metric.
enum RunComparison {
  static func compare(_ base: RunOutcome, _ other: RunOutcome) -> Comparison {
    let names = Set(base.metrics.keys).union(other.metrics.keys).sorted()
    let metrics = names.map { name -> MetricComparison in
      let from = base.metrics[name]
      let to = other.metrics[name]
      let delta = from.flatMap { from in to.map { $0 - from } }
      // Relative to nothing, a change has no share.
      let relative = delta.flatMap { delta in from.flatMap { $0 == 0 ? nil : delta / abs($0) } }
      return MetricComparison(metric: name, base: from, other: to, delta: delta, relative: relative)
    }
    return Comparison(
      baseRunID: base.id, otherRunID: other.id, baseVerdict: base.verdict, otherVerdict: other.verdict,
      metrics: metrics, identical: !base.stateHash.isEmpty && base.stateHash == other.stateHash,
      parameterChanges: changes(base.parameters ?? ProtoStruct(), other.parameters ?? ProtoStruct()))
  }

  /// For each parameter that differs, its value in the first run and in the second; null where it is missing.
  private static func changes(_ base: ProtoStruct, _ other: ProtoStruct) -> ProtoStruct {
    var fields: [String: ProtoValue] = [:]
    for name in Set(base.fields.keys).union(other.fields.keys) where base.fields[name] != other.fields[name] {
      let missing = ProtoValue(kind: .nullValue(.nullValue))
      fields[name] = ProtoValue(
        kind: .listValue(ProtoListValue(values: [base.fields[name] ?? missing, other.fields[name] ?? missing])))
    }
    return ProtoStruct(fields: fields)
  }
}
