/// One parameter that someone may set: its name, unit, default, range and meaning.
public struct ParameterSpecification: Sendable, Hashable {
  /// What values are allowed.
  public enum Kind: Sendable, Hashable {
    case number(ClosedRange<Double>)
    case integer(ClosedRange<Int>)
    case boolean
    case choice([String])
    /// An array of objects with these members.
    case table(columns: [ParameterSpecification], rows: ClosedRange<Int>)
  }

  /// As it appears in a request, such as `brake_ramp_s`.
  public let name: String
  /// The unit, `1` for a ratio, empty where there is none.
  public let unit: String
  public let kind: Kind
  /// Used when the parameter isn't given; `null` where it is derived, which `meaning` then explains.
  public let defaultValue: InputValue
  /// Whether a request without it is wrong.
  public let isRequired: Bool
  /// A sentence for people, with the source where there is one.
  public let meaning: String

  public init(_ name: String, unit: String, kind: Kind, defaultValue: InputValue, meaning: String) {
    self.name = name
    self.unit = unit
    self.kind = kind
    self.defaultValue = defaultValue
    self.meaning = meaning
    isRequired = false
  }

  /// A parameter that must be given.
  public init(required name: String, unit: String, kind: Kind, meaning: String) {
    self.name = name
    self.unit = unit
    self.kind = kind
    defaultValue = .null
    self.meaning = meaning
    isRequired = true
  }

  /// Everything that is wrong with `value`, each with the place where it stands, such as `leader[3].t_s`.
  func issues(with value: InputValue, at field: String) -> [InvalidInput.Issue] {
    guard case .table(let columns, let bounds) = kind, case .array(let rows) = value else {
      return problem(with: value).map { [.init(field: field, reason: $0)] } ?? []
    }
    guard bounds.contains(rows.count) else {
      return [
        .init(
          field: field, reason: "must have \(bounds.lowerBound) to \(bounds.upperBound) rows, not \(rows.count)")
      ]
    }
    let schema = ParameterSchema(columns)
    var found: [InvalidInput.Issue] = []
    for (index, row) in rows.enumerated() where found.count < Self.maximumRowIssues {
      guard case .object = row else {
        found.append(.init(field: "\(field)[\(index)]", reason: "must be an object, not \(row.kindName)"))
        continue
      }
      do { _ = try schema.resolve(row, path: "\(field)[\(index)].") } catch { found += error.issues }
    }
    return Array(found.prefix(Self.maximumRowIssues))
  }

  /// Of a table that is wrong all over, so many issues are told.
  private static let maximumRowIssues = 20

  /// Why `value` isn't allowed, or nil when it is.
  public func problem(with value: InputValue) -> String? {
    switch (kind, value) {
    case (.number(let range), .number(let number)):
      guard number.isFinite else { return "must be a finite number" }
      guard range.contains(number) else { return "must lie in \(Self.text(of: range, unit: unit))" }
      return nil
    case (.integer(let range), .number(let number)):
      guard number == number.rounded(), number.magnitude < 1e15 else { return "must be a whole number" }
      guard range.contains(Int(number)) else {
        return "must lie in \(Self.text(of: Double(range.lowerBound)...Double(range.upperBound), unit: unit))"
      }
      return nil
    case (.boolean, .bool): return nil
    case (.choice(let names), .string(let name)):
      return names.contains(name) ? nil : "must be one of \(names.joined(separator: ", "))"
    case (.number, _), (.integer, _): return "must be a number, not \(value.kindName)"
    case (.boolean, _): return "must be a boolean, not \(value.kindName)"
    case (.choice, _): return "must be a string, not \(value.kindName)"
    case (.table, .array): return issues(with: value, at: name).first.map { "\($0.field) \($0.reason)" }
    case (.table, _): return "must be an array, not \(value.kindName)"
    }
  }

  private static func text(of range: ClosedRange<Double>, unit: String) -> String {
    let bounds = "\(InputValue.text(of: range.lowerBound)) to \(InputValue.text(of: range.upperBound))"
    return unit.isEmpty || unit == "1" ? bounds : "\(bounds) \(unit)"
  }
}

/// The parameters that a scenario type or a vehicle accepts, in the order in which documentation lists them.
public struct ParameterSchema: Sendable, Hashable {
  public let specifications: [ParameterSpecification]

  /// - Precondition: no name appears twice.
  public init(_ specifications: [ParameterSpecification]) {
    precondition(Set(specifications.map(\.name)).count == specifications.count, "a parameter is declared once")
    self.specifications = specifications
  }

  public subscript(name: String) -> ParameterSpecification? { specifications.first { $0.name == name } }

  /// Checks an object against the schema and fills in the defaults.
  ///
  /// A `null` counts as not given. Every problem is reported, not just the first.
  /// - Parameter path: put before each field name in errors, such as `parameters.`.
  public func resolve(_ input: InputValue, path: String = "") throws(InvalidInput) -> ResolvedParameters {
    let members: [InputValue.Member]
    switch input {
    case .object(let given): members = given
    case .null: members = []
    default:
      let field = path.hasSuffix(".") ? String(path.dropLast()) : path
      throw InvalidInput(field: field, reason: "must be an object, not \(input.kindName)")
    }
    var issues: [InvalidInput.Issue] = []
    var seen: Set<String> = []
    for member in members {
      if !seen.insert(member.name).inserted {
        issues.append(.init(field: path + member.name, reason: "is given more than once"))
      } else if let specification = self[member.name] {
        guard member.value != .null else { continue }
        issues += specification.issues(with: member.value, at: path + member.name)
      } else {
        issues.append(.init(field: path + member.name, reason: "isn't a parameter here"))
      }
    }
    for specification in specifications where specification.isRequired {
      guard !members.contains(where: { $0.name == specification.name && $0.value != .null }) else { continue }
      issues.append(.init(field: path + specification.name, reason: "is required"))
    }
    guard issues.isEmpty else { throw InvalidInput(issues) }
    let entries = specifications.map { specification in
      let given = members.first { $0.name == specification.name && $0.value != .null }?.value
      return ResolvedParameters.Entry(
        name: specification.name, value: given ?? specification.defaultValue, isGiven: given != nil)
    }
    return ResolvedParameters(entries: entries)
  }
}

/// Parameters after the check against their schema: a value for every name.
public struct ResolvedParameters: Sendable, Hashable {
  struct Entry: Sendable, Hashable {
    var name: String
    var value: InputValue
    var isGiven: Bool
  }

  var entries: [Entry]

  /// The value of a parameter, its default when it wasn't given.
  public subscript(name: String) -> InputValue { entry(name).value }

  /// True when the request set the parameter.
  public func isGiven(_ name: String) -> Bool { entry(name).isGiven }

  /// The number of a numeric parameter, nil where it is derived.
  public func number(_ name: String) -> Double? {
    guard case .number(let number) = self[name] else { return nil }
    return number
  }

  /// The text of a choice.
  public func text(_ name: String) -> String? {
    guard case .string(let text) = self[name] else { return nil }
    return text
  }

  /// The flag of a boolean parameter.
  public func flag(_ name: String) -> Bool? {
    guard case .bool(let flag) = self[name] else { return nil }
    return flag
  }

  /// The numbers in a column of a table.
  public func numbers(_ name: String, column: String) -> [Double] {
    guard case .array(let rows) = self[name] else { return [] }
    return rows.compactMap { row in
      guard case .number(let number)? = row[column] else { return nil }
      return number
    }
  }

  /// All parameters with their values as an object, derived ones as `null`.
  public var asInput: InputValue { .object(entries.map { .init($0.name, $0.value) }) }

  private func entry(_ name: String) -> Entry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      preconditionFailure("\(name) isn't in the schema")
    }
    return entry
  }
}
