import CLibPQ

/// libpq's own reading of a connection URI or keyword string.
enum ConnectionString {
  static func parse(_ text: String) throws -> [String: String] {
    guard !text.utf8.contains(0) else { throw PostgresError(.invalidArgument, "the database URL contains a NUL") }
    var message: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(text, &message) else {
      // libpq's message may quote the whole string, password included.
      PQfreemem(message)
      throw PostgresError(.invalidArgument, "the database URL is not a valid PostgreSQL connection URI")
    }
    defer { PQconninfoFree(options) }
    var fields: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { fields[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    return fields
  }
}
