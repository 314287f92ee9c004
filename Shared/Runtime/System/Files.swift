import Glibc

/// The few things that are done with files before and beside the event loops.
public enum Files {
  /// Reads a whole file.
  ///
  /// - Parameter maximumBytes: a file that holds more is an error (`EFBIG`).
  /// - Throws: `SystemError`.
  public static func read(_ path: String, maximumBytes: Int) throws(SystemError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last("open \(path)") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw .last("read \(path)")
      }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      if bytes.count > maximumBytes { throw SystemError(operation: "read \(path)", code: EFBIG) }
    }
  }

  /// Puts a file in place as a whole: a reader sees the old content, or the new, never a part.
  ///
  /// - Throws: `SystemError`.
  public static func replace(_ path: String, with bytes: [UInt8]) throws(SystemError) {
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .last("create \(temporary)") }
    defer { close(descriptor) }
    try write(bytes, to: descriptor)
    guard rename(temporary, path) == 0 else {
      let error = SystemError.last("rename \(temporary) to \(path)")
      unlink(temporary)
      throw error
    }
  }

  /// Removes a file; one that isn't there is no error.
  public static func remove(_ path: String) { unlink(path) }

  /// The number of entries of a folder; nil when it can't be listed.
  public static func count(inFolder path: String) -> Int? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // "." and ".." are always there.
    return count - 2
  }

  /// The names of a folder's entries, "." and ".." not among them.
  ///
  /// - Throws: `SystemError`.
  public static func names(inFolder path: String) throws(SystemError) -> [String] {
    guard let folder = opendir(path) else { throw .last("list \(path)") }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Writes all bytes to an open descriptor, waiting for as long as it takes.
  ///
  /// - Throws: `SystemError`, for one when nobody reads the pipe any more.
  public static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + done, bytes.count - done) }
      if count >= 0 {
        done += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        // Another process that shares the terminal made it non-blocking.
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&ready, 1, -1)
      default: throw .last("write")
      }
    }
  }
}
