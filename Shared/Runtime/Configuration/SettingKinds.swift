import Configuration

// The kinds of settings. Each gives its own wording of what is allowed and checks it.

extension Setting where Value == Bool {
  /// True or false. As a flag, the bare name means true.
  public static func flag(_ name: String, default value: Bool, _ explanation: String) -> Setting {
    Setting(
      description: SettingDescription(
        name: name, explanation: explanation, allowed: "true or false", defaultText: String(value), storage: .bool,
        defaultContent: .bool(value)),
      defaultValue: value
    ) { content throws(SettingValueError) in
      guard case .bool(let value) = content else { throw SettingValueError("is not true or false") }
      return value
    }
  }
}

extension Setting where Value == Int {
  /// A whole number.
  ///
  /// - Parameter unit: the unit in words, such as "connections"; empty for none.
  public static func integer(
    _ name: String, default value: Int, in range: ClosedRange<Int>, unit: String = "", _ explanation: String
  ) -> Setting {
    let allowed = "\(range.lowerBound) to \(range.upperBound)" + (unit.isEmpty ? "" : " \(unit)")
    precondition(range.contains(value), "the default of \(name) is out of range")
    return Setting(
      description: SettingDescription(
        name: name, explanation: explanation, allowed: allowed, defaultText: String(value), storage: .int,
        defaultContent: .int(value)),
      defaultValue: value
    ) { content throws(SettingValueError) in
      guard case .int(let value) = content else { throw SettingValueError("is not a whole number") }
      guard range.contains(value) else { throw SettingValueError("\(value) is out of range") }
      return value
    }
  }

  /// A TCP port. 0 lets the system choose one, which is then announced.
  public static func port(_ name: String, default value: Int, _ explanation: String) -> Setting {
    integer(name, default: value, in: 0...65_535, explanation)
  }
}

extension Setting where Value == Double {
  /// A number.
  public static func number(
    _ name: String, default value: Double, in range: ClosedRange<Double>, unit: String = "", _ explanation: String
  ) -> Setting {
    let allowed = "\(range.lowerBound) to \(range.upperBound)" + (unit.isEmpty ? "" : " \(unit)")
    precondition(range.contains(value), "the default of \(name) is out of range")
    return Setting(
      description: SettingDescription(
        name: name, explanation: explanation, allowed: allowed, defaultText: String(value), storage: .double,
        defaultContent: .double(value)),
      defaultValue: value
    ) { content throws(SettingValueError) in
      guard case .double(let value) = content else { throw SettingValueError("is not a number") }
      guard range.contains(value) else { throw SettingValueError("\(value) is out of range") }
      return value
    }
  }
}

extension Setting where Value == Duration {
  /// A length of time, written with its unit: `250ms`, `30s`, `5m`, `1h`.
  public static func duration(
    _ name: String, default value: Duration, in range: ClosedRange<Duration>, _ explanation: String
  ) -> Setting {
    precondition(range.contains(value), "the default of \(name) is out of range")
    let text = DurationText.format(value)
    return Setting(
      description: SettingDescription(
        name: name, explanation: explanation,
        allowed: "duration, \(DurationText.format(range.lowerBound)) to \(DurationText.format(range.upperBound))",
        defaultText: text, storage: .string, defaultContent: .string(text)),
      defaultValue: value
    ) { content throws(SettingValueError) in
      guard case .string(let text) = content else { throw SettingValueError("is not a duration") }
      guard let value = DurationText.parse(text) else {
        throw SettingValueError("'\(text)' is not a duration with a unit, such as 250ms, 30s, 5m or 1h")
      }
      guard range.contains(value) else { throw SettingValueError("\(text) is out of range") }
      return value
    }
  }
}

extension Setting where Value == ByteCount {
  /// An amount of memory, written with its unit: `512B`, `64KiB`, `4MiB`, `1GiB`.
  public static func bytes(
    _ name: String, default value: ByteCount, in range: ClosedRange<ByteCount>, _ explanation: String
  ) -> Setting {
    precondition(range.contains(value), "the default of \(name) is out of range")
    let text = value.description
    return Setting(
      description: SettingDescription(
        name: name, explanation: explanation, allowed: "bytes, \(range.lowerBound) to \(range.upperBound)",
        defaultText: text, storage: .string, defaultContent: .string(text)),
      defaultValue: value
    ) { content throws(SettingValueError) in
      guard case .string(let text) = content else { throw SettingValueError("is not an amount of memory") }
      guard let value = ByteCount(text) else {
        throw SettingValueError("'\(text)' is not an amount with a unit, such as 512B, 64KiB, 4MiB or 1GiB")
      }
      guard range.contains(value) else { throw SettingValueError("\(text) is out of range") }
      return value
    }
  }
}

extension Setting where Value == String {
  /// Any text. An empty default means "not set".
  ///
  /// - Parameters:
  ///   - allowed: what may stand there, for the help text.
  ///   - check: throws when the text isn't allowed; not asked about the empty text.
  public static func text(
    _ name: String, default value: String = "", allowed: String = "text", _ explanation: String,
    check: @escaping @Sendable (String) throws(SettingValueError) -> Void = { _ throws(SettingValueError) in }
  ) -> Setting {
    Setting(
      description: SettingDescription(
        name: name, explanation: explanation, allowed: allowed, defaultText: value.isEmpty ? "none" : value,
        storage: .string, defaultContent: .string(value)),
      defaultValue: value
    ) { content throws(SettingValueError) in
      guard case .string(let text) = content else { throw SettingValueError("is not text") }
      if !text.isEmpty { try check(text) }
      return text
    }
  }
}

extension Setting where Value == Secret {
  /// A password or key. It has no flag, because other users of the machine can read the flags of a process.
  ///
  /// - Parameter isRequired: whether leaving it out is an error.
  public static func secret(_ name: String, isRequired: Bool = false, _ explanation: String) -> Setting {
    Setting(
      description: SettingDescription(
        name: name, explanation: explanation, allowed: "secret: environment or file only",
        defaultText: isRequired ? "none, it must be set" : "none",
        isSecret: true, storage: .string, defaultContent: .string("")),
      defaultValue: Secret("")
    ) { content throws(SettingValueError) in
      guard case .string(let text) = content else { throw SettingValueError("is not text") }
      if isRequired, text.isEmpty { throw SettingValueError("must be set") }
      return Secret(text)
    }
  }
}

extension Setting where Value == [NetworkAddress] {
  /// Addresses as `host:port`, joined by commas; a host may be a DNS name, IPv4, or IPv6 in brackets.
  public static func addresses(_ name: String, default value: [NetworkAddress] = [], _ explanation: String) -> Setting {
    let texts = value.map(\.description)
    return Setting(
      description: SettingDescription(
        name: name, explanation: explanation, allowed: "host:port, more of them joined by commas",
        defaultText: texts.isEmpty ? "none" : texts.joined(separator: ","), storage: .stringArray,
        defaultContent: .stringArray(texts)),
      defaultValue: value
    ) { content throws(SettingValueError) in
      guard case .stringArray(let texts) = content else { throw SettingValueError("is not a list of addresses") }
      var addresses: [NetworkAddress] = []
      for text in texts where !text.isEmpty {
        guard let address = NetworkAddress(text) else {
          throw SettingValueError("'\(text)' is not host:port with a port from 1 to 65535")
        }
        addresses.append(address)
      }
      return addresses
    }
  }
}

extension Setting where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of a fixed set of words.
  public static func choice(_ name: String, default value: Value, _ explanation: String) -> Setting {
    let words = Value.allCases.map(\.rawValue)
    return Setting(
      description: SettingDescription(
        name: name, explanation: explanation, allowed: "one of \(words.joined(separator: ", "))",
        defaultText: value.rawValue, storage: .string, defaultContent: .string(value.rawValue)),
      defaultValue: value
    ) { content throws(SettingValueError) in
      guard case .string(let text) = content else { throw SettingValueError("is not a word") }
      guard let value = Value(rawValue: text) else { throw SettingValueError("'\(text)' is not one of the choices") }
      return value
    }
  }
}
