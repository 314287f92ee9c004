/// A PostgreSQL type by its object identifier.
///
/// Source: `src/include/catalog/pg_type.dat`; the numbers of built-in types never change.
public struct PostgresType: Sendable, Hashable, RawRepresentable {
  public var rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  private init(_ rawValue: UInt32) { self.rawValue = rawValue }

  /// Leaves the choice to the server, from the parameter's context.
  public static let unspecified = Self(0)
  public static let bool = Self(16)
  public static let bytea = Self(17)
  public static let char = Self(18)
  public static let name = Self(19)
  public static let int8 = Self(20)
  public static let int2 = Self(21)
  public static let int4 = Self(23)
  public static let text = Self(25)
  public static let oid = Self(26)
  public static let xid8 = Self(5069)
  public static let json = Self(114)
  public static let float4 = Self(700)
  public static let float8 = Self(701)
  public static let unknown = Self(705)
  public static let bpchar = Self(1042)
  public static let varchar = Self(1043)
  public static let timestamp = Self(1114)
  public static let timestamptz = Self(1184)
  public static let numeric = Self(1700)
  public static let void = Self(2278)
  public static let uuid = Self(2950)
  public static let jsonb = Self(3802)
  public static let boolArray = Self(1000)
  public static let byteaArray = Self(1001)
  public static let int4Array = Self(1007)
  public static let textArray = Self(1009)
  public static let varcharArray = Self(1015)
  public static let int8Array = Self(1016)
  public static let float4Array = Self(1021)
  public static let float8Array = Self(1022)
  public static let uuidArray = Self(2951)

  /// Types below are built in; the ones above are the database's own, such as enumerations.
  private static let firstNormalObjectID: UInt32 = 16384

  /// Whether the binary format of the type is its text (an enumeration's is its label).
  var isTextual: Bool {
    switch self {
    case .text, .varchar, .bpchar, .name, .json, .unknown, .char: true
    default: rawValue >= Self.firstNormalObjectID
    }
  }
}
