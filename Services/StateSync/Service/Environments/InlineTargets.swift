import FleetCore
import RPCErrors
import SimulationInput
import TwinProto

/// What agents push with a sync.
enum InlineTargets {
  /// Reads the targets of a request.
  ///
  /// - Parameter maximumStateBytes: what one state may take, so that it can be passed on.
  /// - Returns: nil for a target that inline shall say nothing of any more.
  /// - Throws: `ServiceFault` that names every field that is wrong.
  static func read(_ targets: [String: InlineTarget], maximumStateBytes: Int) throws -> [String: ReportedTarget?] {
    guard targets.count <= EnvironmentLimits.inlineTargets else {
      throw ServiceFault.invalid("targets", "must be at most \(EnvironmentLimits.inlineTargets)")
    }
    var read: [String: ReportedTarget?] = [:]
    var violations: [ServiceFault.FieldViolation] = []
    for (name, target) in targets.sorted(by: { Mirror.utf8Order($0.key, $1.key) }) {
      let field = "targets.\(name.prefix(EnvironmentLimits.nameLength))"
      let state = target.state.map { TargetState($0) } ?? [:]
      if let problem = problem(withName: name) { violations.append(.init(field, problem)) }
      if target.kind.count > EnvironmentLimits.kindLength || target.kind.utf8.contains(0) {
        violations.append(.init("\(field).kind", "must have at most \(EnvironmentLimits.kindLength) characters"))
      }
      if let problem = problem(with: state, maximumBytes: maximumStateBytes) {
        violations.append(.init("\(field).state", problem))
      }
      let isEmpty = target.kind.isEmpty && target.state == nil
      read.updateValue(isEmpty ? nil : ReportedTarget(kind: target.kind, state: state), forKey: name)
    }
    guard violations.isEmpty else { throw ServiceFault.invalid(violations) }
    return read
  }

  /// What is wrong with a target's name; nil when nothing is.
  static func problem(withName name: String) -> String? {
    guard (1...EnvironmentLimits.nameLength).contains(name.count), name.utf8.count <= EnvironmentLimits.nameBytes else {
      return "a target's name must have 1 to \(EnvironmentLimits.nameLength) characters"
    }
    // Control characters would make names that look alike.
    return name.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
      ? "a target's name must not contain control characters" : nil
  }

  /// What is wrong with a state; nil when nothing is.
  static func problem(with state: TargetState, maximumBytes: Int) -> String? {
    guard state.count <= EnvironmentLimits.keys else { return "must have at most \(EnvironmentLimits.keys) keys" }
    guard state.encodedBytes <= maximumBytes else { return "must take at most \(maximumBytes) bytes" }
    for (key, value) in state.sorted(by: { Mirror.utf8Order($0.key, $1.key) }) {
      guard (1...EnvironmentLimits.nameLength).contains(key.count), !key.utf8.contains(0) else {
        return "keys must have 1 to \(EnvironmentLimits.nameLength) characters"
      }
      if let problem = value.problem() { return "\(key) \(problem)" }
    }
    return nil
  }
}
