public import Foundation

/// The programs of the suite, built beside the tests.
public enum Programs {
  /// In the order in which they are started; each needs at most those before it.
  public static let services = ["results", "twin-engine", "state-sync", "scenario-runner", "prediction", "edge"]

  /// Where the programs are: where the tests are, or `TWIN_BIN_DIR`.
  public static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["TWIN_BIN_DIR"] {
      return URL(fileURLWithPath: path).resolvingSymlinksInPath()
    }
    return URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  }()

  /// The program's file.
  public static func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

  private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Python with the packages that the set-up of the tests installs.
  public static let python = repository.appendingPathComponent(".dev/venv/bin/python")

  /// The Python programs of the system tests.
  public static let scripts = repository.appendingPathComponent("Tests/System/Python")
}
