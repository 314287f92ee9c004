import RuntimeSystem
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads credentials for one sync and remembers them for as long, so that they can be cut out of what is told to
/// people.
final class CredentialFiles: Sendable {
  static let maximumBytes = 64 << 10

  /// Only files below this folder are read; "/" admits all.
  private let folder: String
  private let read = Mutex<Set<String>>([])

  init(under folder: String = "/") { self.folder = folder }

  /// The content of a credential, without white space around it.
  ///
  /// - Throws: `SourceFailure` that names the key and what is wrong, not the content.
  func read(_ path: String, key: String) throws -> String {
    let bytes = try file(path, key: key, maximumBytes: Self.maximumBytes)
    let text = String(decoding: bytes, as: UTF8.self).trimmingWhitespace
    guard !text.isEmpty else { throw SourceFailure("\(key): the file is empty") }
    _ = read.withLock { $0.insert(text) }
    return text
  }

  /// The content of a file that holds no credential, such as a certificate or a dump.
  func file(_ path: String, key: String, maximumBytes: Int) throws -> [UInt8] {
    guard let real = realpath(path, nil) else { throw SourceFailure("\(key): the file can't be read: \(Self.reason)") }
    defer { free(real) }
    let resolved = String(cString: real)
    guard folder == "/" || resolved.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/") else {
      throw SourceFailure("\(key): only files under \(folder) may be read")
    }
    var status = stat()
    // What isn't a regular file could block for ever.
    guard stat(resolved, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw SourceFailure("\(key): not a regular file")
    }
    do {
      return try Files.read(resolved, maximumBytes: maximumBytes)
    } catch {
      throw SourceFailure(
        error.code == EFBIG
          ? "\(key): the file has more than \(maximumBytes) bytes" : "\(key): the file can't be read: \(error)")
    }
  }

  private static var reason: String { String(cString: strerror(errno)) }

  /// A text without any credential that was read.
  func redacted(_ text: String) -> String {
    read.withLock(\.self).sorted { $0.utf8.count > $1.utf8.count }.reduce(text) {
      $0.replacing($1, with: "[redacted]")
    }
  }
}

extension String {
  fileprivate var trimmingWhitespace: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}
