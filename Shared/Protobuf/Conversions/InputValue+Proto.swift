public import SimulationInput
public import TwinProto

extension InputValue {
  /// The value of a free-form object. Members come sorted by name, so that nothing depends on hashing.
  public init(_ fields: ProtoStruct) {
    self = .object(
      fields.fields.sorted { $0.key < $1.key }.map { Member($0.key, InputValue($0.value)) })
  }

  /// The value of a free-form JSON value; one that says nothing is null.
  public init(_ value: ProtoValue) {
    switch value.kind {
    case .nullValue?, nil: self = .null
    case .numberValue(let number)?: self = .number(number)
    case .stringValue(let text)?: self = .string(text)
    case .boolValue(let flag)?: self = .bool(flag)
    case .structValue(let fields)?: self = InputValue(fields)
    case .listValue(let list)?: self = .array(list.values.map { InputValue($0) })
    }
  }
}

extension ProtoValue {
  public init(_ value: InputValue) {
    self.init()
    switch value {
    case .null: kind = .nullValue(.nullValue)
    case .bool(let flag): kind = .boolValue(flag)
    case .number(let number): kind = .numberValue(number)
    case .string(let text): kind = .stringValue(text)
    case .array(let values): kind = .listValue(ProtoListValue(values: values.map { ProtoValue($0) }))
    case .object(let members): kind = .structValue(ProtoStruct(members))
    }
  }
}

extension ProtoStruct {
  /// A free-form object of these members; of a repeated name the last one counts.
  public init(_ members: [InputValue.Member]) {
    self.init(fields: Dictionary(members.map { ($0.name, ProtoValue($0.value)) }) { $1 })
  }

  /// The members of an object; anything else gives none.
  public init(_ value: InputValue) {
    if case .object(let members) = value { self.init(members) } else { self.init() }
  }
}
