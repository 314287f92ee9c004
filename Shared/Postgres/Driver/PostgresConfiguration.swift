/// How to reach one PostgreSQL database as one role.
public struct PostgresConfiguration: Sendable {
  /// A host name, an address, or the folder of a unix socket when it starts with `/`.
  public var host: String
  /// TCP port, also part of the socket's file name. 1 to 65535.
  public var port: Int
  public var database: String
  public var user: String
  /// Absent for a server that trusts the unix socket.
  public var password: String?
  public var tls: TLSMode
  /// Shown in `pg_stat_activity`.
  public var applicationName: String
  /// The bound on opening a connection, from name resolution to the end of authentication.
  public var connectTimeout: Duration
  /// The bound on one statement, unless the call gives its own. Kept by this side, which then cancels on the server.
  public var statementTimeout: Duration
  /// How long to wait for the server's answer after a cancel request before giving the connection up.
  public var cancelGrace: Duration
  /// The server ends a session that leaves a transaction idle for longer, so that a stuck client frees its locks.
  public var idleInTransactionTimeout: Duration
  /// The prepared statements kept per connection; the least recently used one makes room.
  public var maximumPreparedStatements: Int
  /// Session settings sent on connect, such as `search_path`.
  public var settings: [String: String]
  /// Receives the server's warnings, one line each. Called on an arbitrary thread; must not block.
  public var onWarning: (@Sendable (String) -> Void)?

  /// What libpq calls `sslmode`.
  public enum TLSMode: String, Sendable, Hashable, CaseIterable {
    case disable, allow, prefer, require
    case verifyCA = "verify-ca"
    case verifyFull = "verify-full"
  }

  public init(
    host: String, port: Int = 5432, database: String, user: String, password: String? = nil, tls: TLSMode = .prefer,
    applicationName: String = "digital-twin"
  ) {
    self.host = host
    self.port = port
    self.database = database
    self.user = user
    self.password = password
    self.tls = tls
    self.applicationName = applicationName
    self.connectTimeout = .seconds(5)
    self.statementTimeout = .seconds(30)
    self.cancelGrace = .seconds(5)
    self.idleInTransactionTimeout = .seconds(60)
    self.maximumPreparedStatements = 256
    self.settings = [:]
    self.onWarning = nil
  }

  /// Reads a libpq connection URI such as `postgresql://user:password@host:5432/database?sslmode=require`, or
  /// `postgresql://user@/database?host=/run/postgresql&port=54329` for a unix socket.
  ///
  /// - Throws: `PostgresError` with `.invalidArgument` that says what is wrong; the password is never quoted.
  public init(url: String) throws {
    let fields = try ConnectionString.parse(url)
    func require(_ key: String, _ name: String) throws -> String {
      guard let value = fields[key], !value.isEmpty else {
        throw PostgresError(.invalidArgument, "the database URL names no \(name)")
      }
      return value
    }
    let port = fields["port"] ?? "5432"
    guard let portNumber = Int(port), (1...65535).contains(portNumber) else {
      throw PostgresError(.invalidArgument, "the database URL's port must be a number from 1 to 65535, not '\(port)'")
    }
    let mode = fields["sslmode"] ?? TLSMode.prefer.rawValue
    guard let tls = TLSMode(rawValue: mode) else {
      let known = TLSMode.allCases.map(\.rawValue).joined(separator: ", ")
      throw PostgresError(.invalidArgument, "the database URL's sslmode must be one of \(known), not '\(mode)'")
    }
    self.init(
      host: try require("host", "host"), port: portNumber, database: try require("dbname", "database"),
      user: try require("user", "user"), password: fields["password"], tls: tls)
    if let name = fields["application_name"] { applicationName = name }
    if let seconds = fields["connect_timeout"].flatMap({ Int($0) }), seconds > 0 { connectTimeout = .seconds(seconds) }
  }

  /// The keywords and values for libpq. Every key that decides where and as whom we connect is present, so that no
  /// `PG…` environment variable can redirect the connection.
  var keywords: [(String, String)] {
    var options = [
      "-c idle_in_transaction_session_timeout=\(idleInTransactionTimeout.wholeMilliseconds)",
      "-c client_min_messages=warning", "-c timezone=UTC", "-c datestyle=ISO", "-c extra_float_digits=1",
    ]
    for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
      options.append("-c \(name)=\(Self.escapeOption(value))")
    }
    return [
      ("host", host), ("port", String(port)), ("dbname", database), ("user", user), ("password", password ?? ""),
      ("sslmode", tls.rawValue), ("gssencmode", "disable"), ("application_name", applicationName),
      ("client_encoding", "UTF8"), ("options", options.joined(separator: " ")),
      // A peer that vanished without a FIN is noticed within about 25 s instead of the kernel's two hours.
      ("keepalives", "1"), ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
      ("tcp_user_timeout", "20000"),
    ]
  }

  /// Backslash-escapes what separates the words of libpq's `options` value.
  private static func escapeOption(_ value: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in value.unicodeScalars {
      if scalar == "\\" || scalar == " " { out.append("\\") }
      out.append(scalar)
    }
    return String(out)
  }
}

extension Duration {
  /// Rounded down.
  var wholeMilliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
  /// Rounded down.
  var wholeNanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
