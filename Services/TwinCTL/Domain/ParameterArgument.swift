public import SimulationInput

/// Scenario parameters on the command line: `initial_speed=60 weather=rain aeb_enabled=false`.
public enum ParameterArgument {
  /// A number, `true`, `false` or `null` where the text is one, else a string; quotes force a string.
  public static func member(_ argument: String) throws(InvalidInput) -> InputValue.Member {
    guard let separator = argument.firstIndex(of: "="), separator > argument.startIndex else {
      throw InvalidInput(field: argument, reason: "must be written name=value")
    }
    let name = String(argument[..<separator])
    return InputValue.Member(name, value(String(argument[argument.index(after: separator)...])))
  }

  /// All arguments as one object; a name given twice is refused by the schema.
  public static func object(_ arguments: [String]) throws(InvalidInput) -> InputValue {
    var members: [InputValue.Member] = []
    for argument in arguments { members.append(try member(argument)) }
    return .object(members)
  }

  private static func value(_ text: String) -> InputValue {
    switch text {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    default: break
    }
    if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
      return .string(String(text.dropFirst().dropLast()))
    }
    // Swift reads "nan" and "inf" as numbers; here they are texts, which a numeric parameter refuses.
    if let number = Double(text), number.isFinite { return .number(number) }
    return .string(text)
  }
}
