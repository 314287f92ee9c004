import Configuration
import Synchronization
import SystemPackage

/// What the command line and its surroundings amount to.
public enum LoadedConfiguration: Sendable {
  /// Run with these values.
  case run(ResolvedConfiguration)
  /// Print this and stop with success.
  case help(String)
  /// Print the version and stop with success.
  case version
}

/// Reads the four layers: flags over environment over YAML file over defaults.
public enum ConfigurationLoader {
  /// Reads and checks every setting of the schema.
  ///
  /// - Parameters:
  ///   - arguments: the command line without the name of the program.
  ///   - environment: all variables of the process.
  /// - Throws: `ConfigurationError` with every problem found: unknown flags, variables and keys, and values that can't
  ///   be read or aren't allowed.
  public static func load(
    _ schema: ConfigurationSchema, arguments: [String], environment: [String: String]
  ) async throws(ConfigurationError) -> LoadedConfiguration {
    let flags = CommandLineFlags(arguments, schema: schema)
    switch flags.request {
    case .help: return .help(schema.helpText)
    case .version: return .version
    case nil: break
    }
    var problems = flags.problems + unknownVariables(environment, schema: schema)

    var layers: [(layer: ConfigurationLayer, provider: any ConfigProvider)] = [
      (.flag, InMemoryProvider(name: "flags", values: Self.values(flags.values, schema: schema))),
      (.environment, environmentProvider(environment, schema: schema)),
    ]
    var places: [String: String] = [:]
    if let path = filePath(flags: flags, environment: environment) {
      let file = try ConfigurationFile(path: path, schema: schema)
      problems += file.problems
      places = file.places
      let secrets = Set(schema.settings.map(\.description).filter(\.isSecret).map(\.name))
      do {
        let provider = try await FileProvider<YAMLSnapshot>(
          parsingOptions: .init(secretsSpecifier: .specific(secrets)), filePath: FilePath(path))
        layers.append((.file, provider))
      } catch {
        // The walk above has named the key if it's one of ours; this is what only the provider minds.
        if problems.isEmpty { problems.append(.init(place: path, reason: "can't be read: \(error)")) }
        throw ConfigurationError(problems)
      }
    }
    let defaults = Dictionary(
      uniqueKeysWithValues: schema.settings.map { ($0.description.name, $0.description.defaultContent) })
    layers.append((.defaults, InMemoryProvider(name: "defaults", values: Self.values(defaults, schema: schema))))

    let reporter = LayerReporter()
    let reader = ConfigReader(providers: layers.map(\.provider), accessReporter: reporter)
    var resolved: [String: ResolvedConfiguration.Entry] = [:]
    for setting in schema.settings {
      let description = setting.description
      do {
        let content = try reader.content(of: description)
        let layer = layers[reporter.lastLayer].layer
        do {
          resolved[description.name] = .init(value: try setting.decode(content), content: content, layer: layer)
        } catch {
          problems.append(.invalid(description, place: layer.place(of: description, places), error))
        }
      } catch {
        // The text stays out of the message: which provider failed is known, and the value may be a secret.
        let layer = layers[reporter.lastLayer].layer
        problems.append(
          .invalid(description, place: layer.place(of: description, places), SettingValueError("can't be read")))
      }
    }
    guard problems.isEmpty else { throw ConfigurationError(problems) }
    return .run(ResolvedConfiguration(schema: schema, entries: resolved))
  }

  private static func values(
    _ contents: [String: ConfigContent], schema: ConfigurationSchema
  ) -> [AbsoluteConfigKey: ConfigValue] {
    var values: [AbsoluteConfigKey: ConfigValue] = [:]
    for (name, content) in contents {
      guard let setting = schema.byName[name]?.description else { continue }
      values[AbsoluteConfigKey(setting.components)] = ConfigValue(content, isSecret: setting.isSecret)
    }
    return values
  }

  private static func environmentProvider(
    _ environment: [String: String], schema: ConfigurationSchema
  ) -> any ConfigProvider {
    let known = environment.filter { schema.byEnvironmentName[$0.key] != nil }
    let secrets = Set(schema.settings.map(\.description).filter(\.isSecret).map(\.environmentName))
    return EnvironmentVariablesProvider(environmentVariables: known, secretsSpecifier: .specific(secrets))
      .prefixKeys(with: ["twin"])
  }

  private static func filePath(flags: CommandLineFlags, environment: [String: String]) -> String? {
    let setting = ConfigurationSchema.file.description
    var path = environment[setting.environmentName]
    if case .string(let flag)? = flags.values[setting.name] { path = flag }
    return path.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func unknownVariables(
    _ environment: [String: String], schema: ConfigurationSchema
  ) -> [ConfigurationError.Problem] {
    let known = EnvironmentNames.ofScripts.union(EnvironmentNames.serviceLinks(in: environment))
    return environment.keys.sorted()
      .filter { $0.hasPrefix(EnvironmentNames.prefix) && schema.byEnvironmentName[$0] == nil && !known.contains($0) }
      .map { name in
        .unknown(
          "environment variable", place: name, meant: Suggestion.nearest(to: name, in: schema.byEnvironmentName.keys))
      }
  }
}

/// Where a value came from.
public enum ConfigurationLayer: String, Sendable, Equatable {
  case flag
  case environment
  case file
  case defaults = "default"

  func place(of setting: SettingDescription, _ filePlaces: [String: String]) -> String {
    switch self {
    case .flag: setting.flag
    case .environment: setting.environmentName
    case .file: filePlaces[setting.name] ?? setting.name
    // Only a value that must be set is wrong by default, and a secret is set by its variable.
    case .defaults: setting.isSecret ? setting.environmentName : setting.name
    }
  }
}

/// Remembers which provider answered last: the last one that was asked.
private final class LayerReporter: AccessReporter {
  private let last = Atomic<Int>(0)

  var lastLayer: Int { last.load(ordering: .relaxed) }

  func report(_ event: AccessEvent) { last.store(max(0, event.providerResults.count - 1), ordering: .relaxed) }
}

extension ConfigReader {
  /// Reads the key as the type that it is stored as.
  fileprivate func content(of setting: SettingDescription) throws -> ConfigContent {
    let key = ConfigKey(setting.components)
    let isSecret = setting.isSecret
    return switch setting.storage {
    case .bool: .bool(try requiredBool(forKey: key, isSecret: isSecret))
    case .int: .int(try requiredInt(forKey: key, isSecret: isSecret))
    case .double: .double(try requiredDouble(forKey: key, isSecret: isSecret))
    case .stringArray: .stringArray(try requiredStringArray(forKey: key, isSecret: isSecret))
    default: .string(try requiredString(forKey: key, isSecret: isSecret))
    }
  }
}
