#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Lines for people and for the tests that run these programs. Each leaves at once.
public enum Terminal {
  public static func say(_ line: String) { write(line, to: STDOUT_FILENO) }

  /// Says what went wrong and ends the program: with 2 for a command line that is not understood, else 1.
  public static func fail(_ program: String, _ error: any Error) -> Never {
    write("\(program): \(error)", to: STDERR_FILENO)
    exit(error is FlagError ? 2 : 1)
  }

  private static func write(_ line: String, to descriptor: Int32) {
    let bytes = Array("\(line)\n".utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { unistdWrite(descriptor, $0.baseAddress! + sent, $0.count - sent) }
      guard count > 0 else { return }
      sent += count
    }
  }
}

private func unistdWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
