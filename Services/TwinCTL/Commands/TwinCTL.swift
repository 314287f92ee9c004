import ArgumentParser

/// The command line of the suite.
public enum TwinCTL {
  /// Reads the process's arguments, does what they say and ends the process on an error.
  public static func main() async { await RootCommand.main() }
}

struct RootCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "twinctl", abstract: "Works with the digital-twin services from the command line.",
    subcommands: [ReplayCommand.self, ScenarioCommand.self, CalibrateCommand.self, HealthCommand.self])
}
