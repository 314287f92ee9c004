/// One parameter of a PostgreSQL server, as a major version knows it.
///
/// Source: `pg_settings` of PostgreSQL 15.18, with what other versions have differently from their documentation,
/// chapter 19, and release notes E.1 to E.10 (`Data/postgres_parameters.tsv`, `Data/postgres_parameter_versions.tsv`).
public struct PostgresParameter: Sendable, Hashable {
  /// What it takes to change it (`pg_settings.context`).
  public enum Context: String, Sendable, Hashable, CaseIterable {
    /// The server starts again.
    case postmaster
    /// The configuration is read again; running sessions take it over.
    case sighup
    /// New sessions have it.
    case backend
    case superuserBackend = "superuser-backend"
    /// A superuser may set it for a session; a reload sets it for all that don't.
    case superuser
    /// Anybody may set it for a session; a reload sets it for all that don't.
    case user
  }

  public enum ValueType: String, Sendable, Hashable { case bool, integer, real, string, `enum` }

  /// What it is about.
  public enum Category: String, Sendable, Hashable, CaseIterable {
    case connection, security, memory, writer, parallelism, storage, wal, durability, replication, planner, vacuum,
      timeout, lock, logging, statistics, session, library, compatibility, recovery, developer, location
  }

  public var name: String
  public var context: Context
  public var type: ValueType
  public var unit: SettingUnit
  /// In `unit`; nil where there is none.
  public var minimum: Double?
  public var maximum: Double?
  /// Built in, a number in `unit`. A package's or cloud's configuration may say otherwise.
  public var defaultValue: String
  public var category: Category
  /// Of an enumeration.
  public var values: [String]

  public var needsRestart: Bool { context == .postmaster }

  /// A value that the parameter takes.
  public enum Value: Sendable, Hashable {
    case flag(Bool)
    /// In the parameter's unit; integer parameters are rounded.
    case number(Double)
    case text(String)
  }

  /// Why the server would refuse a value.
  public enum Refusal: Error, Sendable, Hashable {
    case notAFlag(String)
    case notANumber(String)
    /// The unit isn't one of the parameter's kind.
    case outOfRange(Double, minimum: Double?, maximum: Double?)
    case notOneOf([String])
  }

  /// Reads a value as `postgresql.conf` would.
  public func value(of text: String) throws(Refusal) -> Value {
    switch type {
    case .bool:
      guard let flag = Self.flag(text) else { throw .notAFlag(text) }
      return .flag(flag)
    case .integer, .real:
      guard let quantity = SettingQuantity(text, baseUnit: unit) else { throw .notANumber(text) }
      let number = type == .integer ? quantity.value.rounded(.toNearestOrEven) : quantity.value
      if number < minimum ?? -.infinity || number > maximum ?? .infinity {
        throw .outOfRange(number, minimum: minimum, maximum: maximum)
      }
      return .number(number)
    case .enum:
      let lower = text.lowercased()
      if let value = values.first(where: { $0.lowercased() == lower }) { return .text(value) }
      // Enumerations with on and off also take the words of flags.
      if let flag = Self.flag(text), values.contains(flag ? "on" : "off") { return .text(flag ? "on" : "off") }
      throw .notOneOf(values)
    case .string: return .text(text)
    }
  }

  /// on, off, true, false, yes, no, 1, 0 or an unambiguous prefix, any case.
  static func flag(_ text: String) -> Bool? {
    let lower = text.lowercased()
    guard !lower.isEmpty else { return nil }
    if lower == "1" || lower == "on" || "true".hasPrefix(lower) || "yes".hasPrefix(lower) { return true }
    if lower == "0" || ["of", "off"].contains(lower) || "false".hasPrefix(lower) || "no".hasPrefix(lower) {
      return false
    }
    return nil
  }

  /// The default as a value in the parameter's unit.
  public var defaultNumber: Double? {
    guard case .number(let number)? = try? value(of: defaultValue) else { return nil }
    return number
  }
}

extension PostgresParameter {
  /// The parameter called `name` in a major version (9 for 9.6, up to 18; newer ones count as 18).
  ///
  /// - Parameter major: nil for unknown; the parameter is then as in the newest version that has it, but needs a restart
  ///   if it does in any.
  /// - Returns: nil for a name that the version doesn't know. Names are case-insensitive.
  public static func named(_ name: String, major: Int?) -> PostgresParameter? {
    PostgresParameterTable.shared.parameter(name.lowercased(), major: major)
  }

  /// The names that a version knows, ascending.
  public static func names(major: Int) -> [String] { PostgresParameterTable.shared.names(major: major) }
}

/// The two tables of data.
struct PostgresParameterTable: Sendable {
  static let shared = PostgresParameterTable()

  private struct Entry: Sendable {
    var parameter: PostgresParameter
    var versions: ClosedRange<Int>
    var changes: [(versions: ClosedRange<Int>, field: String, value: String)] = []
  }

  private var entries: [String: Entry] = [:]

  private init() {
    for row in Self.rows(PackageResources.postgres_parameters_tsv) where row.count == 11 {
      guard let since = Int(row[1]), let until = Int(row[2]), let context = PostgresParameter.Context(rawValue: row[3]),
        let type = PostgresParameter.ValueType(rawValue: row[4]), let unit = SettingUnit(rawValue: row[5]),
        let category = PostgresParameter.Category(rawValue: row[9])
      else { preconditionFailure("the shipped parameter \(row[0]) can't be read") }
      entries[row[0].lowercased()] = Entry(
        parameter: PostgresParameter(
          name: row[0], context: context, type: type, unit: unit, minimum: Double(row[6]), maximum: Double(row[7]),
          defaultValue: row[8], category: category,
          values: row[10].split(separator: "|").map(String.init)),
        versions: since...until)
    }
    for row in Self.rows(PackageResources.postgres_parameter_versions_tsv) where row.count == 5 {
      guard let from = Int(row[1]), let to = Int(row[2]), entries[row[0]] != nil else {
        preconditionFailure("the shipped change of \(row[0]) can't be read")
      }
      entries[row[0]]?.changes.append((from...to, row[3], row[4]))
    }
  }

  private static func rows(_ bytes: [UInt8]) -> [[String]] {
    bytes.split(separator: UInt8(ascii: "\n")).dropFirst().map { line in
      line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    }
  }

  func parameter(_ name: String, major: Int?) -> PostgresParameter? {
    guard let entry = entries[name] else { return nil }
    let version = major.map { min($0, PostgresVersion.documented.upperBound) } ?? entry.versions.upperBound
    guard entry.versions.contains(version) else { return nil }
    var parameter = entry.parameter
    for change in entry.changes where change.versions.contains(version) {
      switch change.field {
      case "default": parameter.defaultValue = change.value
      case "context": parameter.context = PostgresParameter.Context(rawValue: change.value) ?? parameter.context
      case "type": parameter.type = PostgresParameter.ValueType(rawValue: change.value) ?? parameter.type
      default: preconditionFailure("unknown field \(change.field)")
      }
    }
    if major == nil, entry.parameter.needsRestart || entry.changes.contains(where: { $0.value == "postmaster" }) {
      parameter.context = .postmaster
    }
    return parameter
  }

  func names(major: Int) -> [String] {
    let version = min(major, PostgresVersion.documented.upperBound)
    return entries.values.filter { $0.versions.contains(version) }.map(\.parameter.name).sorted()
  }
}
