/// What the process tells its parent when it ends.
public enum ExitCode {
  /// Stopped as asked, with everything finished.
  public static let success: Int32 = 0
  /// A part failed while running, or a dependency can't be used.
  public static let failure: Int32 = 1
  /// The configuration is wrong; nothing was started.
  public static let configuration: Int32 = 2
  /// An address can't be listened on.
  public static let cannotListen: Int32 = 3
  /// Work was cut off because draining took longer than its bound.
  public static let drainTimedOut: Int32 = 4

  /// Ended by a second signal: 128 and its number, as shells report it.
  public static func signal(_ number: Int32) -> Int32 { 128 + number }
}
