import RuntimeConfiguration
import RuntimeSystem
import Testing

/// Settings as a service would declare them, one of each kind.
private enum Sample {
  enum Mode: String, CaseIterable, Sendable { case fast, safe }

  static let port = Setting.port("rpc.port", default: 50051, "Where to listen.")
  static let size = Setting.integer("pool.size", default: 8, in: 1...64, unit: "connections", "How many connections.")
  static let wait = Setting.duration(
    "pool.wait", default: .seconds(5), in: .milliseconds(10)...(.seconds(60)), "How long to wait.")
  static let queue = Setting.bytes(
    "pool.queue", default: .mebibytes(4), in: .kibibytes(1)...(.gibibytes(1)), "How much may wait.")
  static let ratio = Setting.number("pool.jitter", default: 0.2, in: 0...1, "How much to vary.")
  static let verbose = Setting.flag("verbose", default: false, "Say more.")
  static let mode = Setting<Mode>.choice("mode", default: .safe, "How to go about it.")
  static let name = Setting.text("database.name", default: "twin", "Which database, for example a,b.")
  static let password = Setting.secret("database.password", "How to get in.")
  static let peers = Setting.addresses("peers.results.addresses", "Where results is.")

  static let schema = ConfigurationSchema(
    program: "sample", summary: "shows settings.",
    scopes: [
      SettingScope("Pool", [port, size, wait, queue, ratio]),
      SettingScope("Rest", [verbose, mode, name, password, peers]),
    ])
}

private func load(
  _ arguments: [String] = [], environment: [String: String] = [:]
) async throws -> ResolvedConfiguration {
  guard
    case .run(let configuration) = try await ConfigurationLoader.load(
      Sample.schema, arguments: arguments, environment: environment)
  else {
    Issue.record("the program was not asked to run")
    throw ConfigurationError([])
  }
  return configuration
}

private func problems(
  _ arguments: [String] = [], environment: [String: String] = [:]
) async -> [String] {
  do {
    _ = try await ConfigurationLoader.load(Sample.schema, arguments: arguments, environment: environment)
    return []
  } catch {
    return error.problems.map(\.description)
  }
}

/// Runs `body` with a file that holds `yaml`.
private func withFile<Result>(_ yaml: String, _ body: (String) async throws -> Result) async throws -> Result {
  let path = "/tmp/twin-configuration-\(CurrentProcess.identifier)-\(UInt64.random(in: 0 ... .max)).yaml"
  try Files.replace(path, with: Array(yaml.utf8))
  defer { Files.remove(path) }
  return try await body(path)
}

@Suite struct ConfigurationLayers {
  @Test func withoutAnyLayerEverySettingHasItsDefault() async throws {
    let configuration = try await load()
    #expect(configuration[Sample.port] == 50051)
    #expect(configuration[Sample.wait] == .seconds(5))
    #expect(configuration[Sample.queue] == .mebibytes(4))
    #expect(configuration[Sample.ratio] == 0.2)
    #expect(configuration[Sample.verbose] == false)
    #expect(configuration[Sample.mode] == .safe)
    #expect(configuration[Sample.name] == "twin")
    #expect(configuration[Sample.password].isEmpty)
    #expect(configuration[Sample.peers].isEmpty)
    #expect(configuration.overrides.isEmpty)
  }

  @Test func aFlagBeatsTheEnvironmentBeatsTheFileBeatsTheDefault() async throws {
    try await withFile("pool: {size: 2, wait: 2s, jitter: 0.5}\nmode: fast\n") { path in
      let configuration = try await load(
        ["--config", path, "--pool-size", "4"], environment: ["TWIN_POOL_SIZE": "3", "TWIN_POOL_WAIT": "3s"])
      #expect(configuration[Sample.size] == 4)
      #expect(configuration.layer(of: Sample.size) == .flag)
      #expect(configuration[Sample.wait] == .seconds(3))
      #expect(configuration.layer(of: Sample.wait) == .environment)
      #expect(configuration[Sample.ratio] == 0.5)
      #expect(configuration.layer(of: Sample.ratio) == .file)
      #expect(configuration[Sample.mode] == .fast)
      #expect(configuration[Sample.port] == 50051)
      #expect(configuration.layer(of: Sample.port) == .defaults)
    }
  }

  @Test func theFileCanBeNamedByTheEnvironmentAndAFlagBeatsThat() async throws {
    try await withFile("pool: {size: 2}") { first in
      try await withFile("pool: {size: 3}") { second in
        let byVariable = try await load(environment: ["TWIN_CONFIG": first])
        #expect(byVariable[Sample.size] == 2)
        let byFlag = try await load(["--config=\(second)"], environment: ["TWIN_CONFIG": first])
        #expect(byFlag[Sample.size] == 3)
      }
    }
  }

  @Test func everyKindCanBeGivenInEveryLayer() async throws {
    let yaml = """
      pool: {queue: 64KiB, wait: 250ms, jitter: 1, size: 9}
      verbose: true
      mode: fast
      database: {name: "a,b", password: pst}
      peers: {results: {addresses: ["results:50055", "[::1]:50055"]}}
      """
    let both = [NetworkAddress(host: "results", port: 50055), NetworkAddress(host: "::1", port: 50055)]
    func check(_ configuration: ResolvedConfiguration, password: String) {
      #expect(configuration[Sample.queue] == .kibibytes(64))
      #expect(configuration[Sample.wait] == .milliseconds(250))
      #expect(configuration[Sample.ratio] == 1)
      #expect(configuration[Sample.size] == 9)
      #expect(configuration[Sample.verbose])
      #expect(configuration[Sample.mode] == .fast)
      #expect(configuration[Sample.name] == "a,b")
      #expect(configuration[Sample.password].reveal() == password)
      #expect(configuration[Sample.peers] == both)
    }
    try await withFile(yaml) { path in check(try await load(["--config", path]), password: "pst") }
    check(
      try await load(environment: [
        "TWIN_POOL_QUEUE": "64KiB", "TWIN_POOL_WAIT": "250ms", "TWIN_POOL_JITTER": "1", "TWIN_POOL_SIZE": "9",
        "TWIN_VERBOSE": "true", "TWIN_MODE": "fast", "TWIN_DATABASE_NAME": "a,b", "TWIN_DATABASE_PASSWORD": "pst",
        "TWIN_PEERS_RESULTS_ADDRESSES": "results:50055, [::1]:50055",
      ]), password: "pst")
    check(
      try await load([
        "--pool-queue", "64KiB", "--pool-wait=250ms", "--pool-jitter", "1", "--pool-size", "9", "--verbose",
        "--mode", "fast", "--database-name", "a,b", "--peers-results-addresses", "results:50055,[::1]:50055",
      ]), password: "")
  }

  @Test func overridesNameTheirLayerAndHideSecrets() async throws {
    let configuration = try await load(
      ["--pool-size", "3"], environment: ["TWIN_DATABASE_PASSWORD": "hunter2", "TWIN_MODE": "fast"])
    let lines = configuration.overrides.map { "\($0.name)=\($0.value) \($0.layer.rawValue)" }
    #expect(lines == ["pool.size=3 flag", "mode=fast environment", "database.password=<redacted> environment"])
  }
}

@Suite struct ConfigurationMistakes {
  @Test func anUnknownFlagIsNamedWithTheNearestOne() async {
    #expect(await problems(["--pool-sise", "4"]) == ["--pool-sise: unknown flag; did you mean --pool-size?"])
    #expect(await problems(["--zzzzzzzz=1"]) == ["--zzzzzzzz: unknown flag"])
  }

  @Test func anUnknownVariableOfTheSuiteIsNamedAndOthersAreIgnored() async {
    #expect(
      await problems(environment: ["TWIN_POOL_SZIE": "4", "PATH": "/bin"])
        == ["TWIN_POOL_SZIE: unknown environment variable; did you mean TWIN_POOL_SIZE?"])
  }

  @Test func theVariablesThatKubernetesSetsForAServiceNamedTwinEngineAreIgnored() async {
    let links = [
      "TWIN_ENGINE_SERVICE_HOST": "10.0.0.11", "TWIN_ENGINE_SERVICE_PORT": "50052",
      "TWIN_ENGINE_SERVICE_PORT_GRPC": "50052", "TWIN_ENGINE_PORT": "tcp://10.0.0.11:50052",
      "TWIN_ENGINE_PORT_50052_TCP": "tcp://10.0.0.11:50052", "TWIN_ENGINE_PORT_50052_TCP_PROTO": "tcp",
      "TWIN_ENGINE_PORT_50052_TCP_PORT": "50052", "TWIN_ENGINE_PORT_50052_TCP_ADDR": "10.0.0.11",
    ]
    #expect(await problems(environment: links) == [])
    #expect(
      await problems(environment: ["TWIN_ENGINE_PORT": "1"]) == ["TWIN_ENGINE_PORT: unknown environment variable"])
  }

  @Test func theVariablesOfTheScriptsThatStartServicesAreIgnored() async {
    #expect(await problems(environment: ["TWIN_DEV_DIR": "/tmp/x", "TWIN_PG_PORT": "54329"]) == [])
  }

  @Test func aRequiredSecretThatIsMissingIsNamed() async {
    let schema = ConfigurationSchema(
      program: "sample", summary: "", scopes: [SettingScope("", [Setting.secret("database.url", isRequired: true, "")])]
    )
    let error = await #expect(throws: ConfigurationError.self) {
      try await ConfigurationLoader.load(schema, arguments: [], environment: [:])
    }
    #expect(
      error?.description
        == "TWIN_DATABASE_URL: must be set for database.url (allowed: secret: environment or file only)")
  }

  @Test func anUnknownKeyOfTheFileIsNamedWithItsPlace() async throws {
    try await withFile("pool:\n  size: 4\n  wiat: 3s\nrpc: 5\nother:\n  key: 1\n") { path in
      #expect(
        await problems(["--config", path]) == [
          "\(path):3:3: pool.wiat: unknown key; did you mean pool.wait?",
          "\(path):4:1: rpc: is a group of keys and has no value of its own",
          "\(path):6:3: other.key: unknown key",
        ])
    }
  }

  @Test func aFileThatIsNoYamlOrMissingIsNamed() async throws {
    #expect(await problems(["--config", "/nonexistent/twin.yaml"]).first?.contains("No such file") == true)
    try await withFile("pool: [1, 2") { path in
      #expect(await problems(["--config", path]).first?.hasPrefix("\(path): is not valid YAML") == true)
    }
    try await withFile("- a\n- b\n") { path in
      #expect(await problems(["--config", path]) == ["\(path): must hold keys with values at its top"])
    }
    try await withFile("config: other.yaml\n") { path in
      #expect(await problems(["--config", path]) == ["\(path):1:1: config: can't be set in the file itself"])
    }
  }

  @Test func aValueOutOfItsRangeIsAnErrorThatNamesTheKeyInEveryLayer() async throws {
    #expect(
      await problems(["--rpc-port", "70000"])
        == ["--rpc-port: 70000 is out of range for rpc.port (allowed: 0 to 65535)"])
    #expect(
      await problems(environment: ["TWIN_POOL_WAIT": "2m"])
        == ["TWIN_POOL_WAIT: 2m is out of range for pool.wait (allowed: duration, 10ms to 1m)"])
    try await withFile("pool: {size: 0, jitter: 1.5}\nmode: slow\n") { path in
      #expect(
        await problems(["--config", path]) == [
          "\(path):1:8: pool.size: 0 is out of range (allowed: 1 to 64 connections)",
          "\(path):1:17: pool.jitter: 1.5 is out of range (allowed: 0.0 to 1.0)",
          "\(path):2:1: mode: 'slow' is not one of the choices (allowed: one of fast, safe)",
        ])
    }
  }

  @Test func aValueOfTheWrongTypeIsAnErrorThatNamesTheKeyInEveryLayer() async throws {
    #expect(
      await problems(["--pool-size", "many"])
        == ["--pool-size: 'many' can't be read for pool.size (allowed: 1 to 64 connections)"])
    #expect(
      await problems(environment: ["TWIN_POOL_SIZE": "many"])
        == ["TWIN_POOL_SIZE: can't be read for pool.size (allowed: 1 to 64 connections)"])
    try await withFile("pool: {size: many, queue: [1]}\npeers: {results: {addresses: a:1}}\n") { path in
      #expect(
        await problems(["--config", path]) == [
          "\(path):1:20: pool.queue: must be one value, not a list",
          "\(path):2:19: peers.results.addresses: must be a list: [a, b]",
          "\(path):1:8: pool.size: can't be read (allowed: 1 to 64 connections)",
          "\(path):1:20: pool.queue: can't be read (allowed: bytes, 1KiB to 1GiB)",
          "\(path):2:19: peers.results.addresses: can't be read (allowed: host:port, more of them joined by commas)",
        ])
    }
  }

  @Test func durationsAndAmountsNeedTheirUnit() async {
    #expect(await problems(["--pool-wait", "5"]).first?.contains("'5' is not a duration with a unit") == true)
    #expect(await problems(["--pool-queue", "5"]).first?.contains("'5' is not an amount with a unit") == true)
  }

  @Test func aFlagIsGivenOnceAndWithItsValue() async {
    #expect(await problems(["--pool-size", "4", "--pool-size", "5"]) == ["--pool-size: is given more than once"])
    #expect(await problems(["--pool-size"]) == ["--pool-size: needs a value (allowed: 1 to 64 connections)"])
    #expect(await problems(["stray"]) == ["stray: is not a flag; every setting is --KEY VALUE"])
  }

  @Test func aSecretIsRefusedAsAFlagAndNeverShown() async throws {
    let refused = await problems(["--database-password", "hunter2"])
    #expect(refused.count == 1)
    #expect(refused.first?.contains("TWIN_DATABASE_PASSWORD") == true)
    try await withFile("database:\n  password: [hunter2]\n") { path in
      let all = refused + (await problems(["--config", path]))
      #expect(all.count == 3)
      #expect(!all.joined().contains("hunter2"))
    }
    let secret = try await load(environment: ["TWIN_DATABASE_PASSWORD": "hunter2"])[Sample.password]
    var dumped = ""
    dump(secret, to: &dumped)
    #expect("\(secret) \(String(reflecting: secret)) \([secret]) \(dumped)".contains("hunter2") == false)
    #expect(secret.reveal() == "hunter2")
  }

  @Test func allMistakesAreFoundInOneGo() async throws {
    try await withFile("pool: {siez: 1}\n") { path in
      let found = await problems(
        ["--config", path, "--oops", "--rpc-port", "-1"], environment: ["TWIN_NOPE": "", "TWIN_MODE": "slow"])
      #expect(found.count == 5)
    }
  }
}

@Suite struct ConfigurationHelp {
  @Test func helpShowsEachKeyWithMeaningDefaultVariableAndFlag() async throws {
    guard
      case .help(let text) = try await ConfigurationLoader.load(
        Sample.schema, arguments: ["--pool-size", "3", "--help", "--no-such-flag"], environment: [:])
    else {
      Issue.record("no help")
      return
    }
    for scope in Sample.schema.scopes {
      #expect(text.contains(scope.title))
      for setting in scope.settings.map(\.description) {
        #expect(text.contains("allowed: \(setting.allowed); default: \(setting.defaultText)"))
        #expect(text.contains(setting.environmentName))
        #expect(text.contains(setting.isSecret ? "file: \(setting.name)" : "  \(setting.flag)\n"))
        #expect(text.contains(setting.explanation.split(separator: " ").prefix(3).joined(separator: " ")))
      }
    }
    #expect(!text.contains("--database-password"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }

  @Test func versionIsAskedForByItsFlag() async throws {
    guard case .version = try await ConfigurationLoader.load(Sample.schema, arguments: ["--version"], environment: [:])
    else {
      Issue.record("no version")
      return
    }
  }
}
