import RPCErrors
import SimulationInput

/// One input of a bare model: a value, a text, or a list.
struct ModelInput: Sendable {
  enum Kind: Sendable {
    case value(ParameterSpecification.Kind)
    /// At most so many characters, at least one.
    case text(Int)
    /// Values of one kind, so many of them.
    case values(ParameterSpecification.Kind, ClosedRange<Int>)
    /// Objects of these inputs, so many of them.
    case objects([ModelInput], ClosedRange<Int>)
  }

  /// With the unit last, as it appears in a request.
  let name: String
  let kind: Kind
  /// Used when it isn't given.
  let usual: InputValue
  let isRequired: Bool
  /// A sentence for people.
  let meaning: String

  /// An input that must be given.
  init(_ name: String, _ kind: Kind, _ meaning: String) {
    (self.name, self.kind, usual, isRequired, self.meaning) = (name, kind, .null, true, meaning)
  }

  /// An input with a usual value; null where the model finds its own.
  init(_ name: String, _ kind: Kind, usual: InputValue, _ meaning: String) {
    (self.name, self.kind, self.usual, isRequired, self.meaning) = (name, kind, usual, false, meaning)
  }
}

extension ModelInput.Kind {
  static func number(_ range: ClosedRange<Double>) -> Self { .value(.number(range)) }
  static func integer(_ range: ClosedRange<Int>) -> Self { .value(.integer(range)) }
  static func choice(_ names: String...) -> Self { .value(.choice(names)) }
  static var flag: Self { .value(.boolean) }
  /// What a rate, a time or a size may be when only its sign matters.
  static var positive: Self { .number(1e-12...1e15) }
  static var notNegative: Self { .number(0...1e15) }
  static var share: Self { .number(0...1) }
}

/// The inputs of a bare model after their check.
struct ModelInputs: Sendable {
  private var values: [String: InputValue] = [:]
  private var lists: [String: [ModelInputs]] = [:]

  /// The number of an input; nil where none was given and none is usual.
  func number(_ name: String) -> Double? {
    if case .number(let number)? = values[name] { number } else { nil }
  }

  /// The number of an input that is required or has a usual value.
  subscript(name: String) -> Double {
    guard let number = number(name) else { preconditionFailure("\(name) is no required number of the model") }
    return number
  }

  func integer(_ name: String) -> Int { Int(self[name]) }

  func text(_ name: String) -> String {
    if case .string(let text)? = values[name] { text } else { "" }
  }

  func flag(_ name: String) -> Bool { values[name] == .bool(true) }

  func texts(_ name: String) -> [String] {
    guard case .array(let all)? = values[name] else { return [] }
    return all.map(\.summary)
  }

  func integers(_ name: String) -> [Int] {
    guard case .array(let all)? = values[name] else { return [] }
    return all.compactMap { if case .number(let number) = $0 { Int(number) } else { nil } }
  }

  func objects(_ name: String) -> [ModelInputs] { lists[name] ?? [] }

  /// Checks an object against what a model takes; null counts as not given.
  ///
  /// - Parameter path: put before each field's name, such as "inputs.".
  /// - Throws: `ServiceFault` naming every field at fault.
  init(_ given: InputValue, of inputs: [ModelInput], path: String) throws {
    var wrong: [ServiceFault.FieldViolation] = []
    self.init(given, inputs, path, &wrong)
    guard wrong.isEmpty else { throw ServiceFault.invalid(wrong) }
  }

  private init(
    _ given: InputValue, _ inputs: [ModelInput], _ path: String, _ wrong: inout [ServiceFault.FieldViolation]
  ) {
    let members: [InputValue.Member]
    switch given {
    case .object(let all): members = all
    case .null: members = []
    default:
      wrong.append(.init(String(path.dropLast()), "must be an object, not \(given.kindName)"))
      return
    }
    for member in members where !inputs.contains(where: { $0.name == member.name }) {
      wrong.append(
        .init(path + member.name, "is no input here; these are: \(inputs.map(\.name).joined(separator: ", "))"))
    }
    for input in inputs {
      let value = given[input.name] ?? .null
      guard value != .null else {
        if input.isRequired { wrong.append(.init(path + input.name, "is required")) }
        values[input.name] = input.usual
        continue
      }
      take(value, of: input, path + input.name, &wrong)
    }
  }

  private mutating func take(
    _ value: InputValue, of input: ModelInput, _ field: String, _ wrong: inout [ServiceFault.FieldViolation]
  ) {
    func check(_ value: InputValue, _ kind: ParameterSpecification.Kind, _ field: String) {
      let rule = ParameterSpecification(input.name, unit: "", kind: kind, defaultValue: .null, meaning: "")
      if let problem = rule.problem(with: value) { wrong.append(.init(field, problem)) }
    }
    func elements(_ count: ClosedRange<Int>) -> [InputValue]? {
      guard case .array(let all) = value, count.contains(all.count) else {
        wrong.append(.init(field, "must be an array of \(count.lowerBound) to \(count.upperBound) elements"))
        return nil
      }
      return all
    }
    switch input.kind {
    case .value(let kind): check(value, kind, field)
    case .text(let longest):
      guard case .string(let text) = value, (1...longest).contains(text.count) else {
        wrong.append(.init(field, "must be a string of 1 to \(longest) characters"))
        return
      }
    case .values(let kind, let count):
      for (index, element) in (elements(count) ?? []).enumerated() { check(element, kind, "\(field)[\(index)]") }
    case .objects(let parts, let count):
      lists[input.name] = (elements(count) ?? []).enumerated()
        .map { index, element in ModelInputs(element, parts, "\(field)[\(index)].", &wrong) }
    }
    values[input.name] = value
  }
}
