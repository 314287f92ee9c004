import Glibc
import RuntimeSystem
import Synchronization

/// A file that an upload is kept in until it is worked off. Whoever has it open has it alone, also among processes.
///
/// Its calls wait for the disk: they belong on threads that may.
final class SpoolFile: Sendable {
  let name: String
  private let path: String
  private let descriptor: Int32
  private let bytes = Atomic<UInt64>(0)

  /// - Parameter descriptor: open and locked; closed with this object.
  fileprivate init(name: String, path: String, descriptor: Int32) {
    self.name = name
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// What was, or is about to be, written to it since it was made.
  var length: UInt64 { bytes.load(ordering: .relaxed) }

  func willAppend(_ count: Int) { bytes.add(UInt64(count), ordering: .relaxed) }

  func append(_ bytes: [UInt8]) throws(SystemError) { try Files.write(bytes, to: descriptor) }

  /// At most `count` bytes from a place on; none at the end.
  func read(at place: UInt64, _ count: Int) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    while true {
      let done = pread(descriptor, &bytes, count, off_t(place))
      if done >= 0 {
        bytes.removeLast(count - done)
        return bytes
      }
      guard errno == EINTR else { throw .last("read \(path)") }
    }
  }

  /// Returns when the bytes are on the disk.
  func sync() throws(SystemError) {
    guard fsync(descriptor) == 0 else { throw .last("fsync \(path)") }
  }

  func remove() { Files.remove(path) }
}

/// The folder in which uploads wait. Several processes may share it.
struct SpoolFolder: Sendable {
  private static let ending = ".upload"
  /// Holds the name by which jobs know the folder.
  private static let nameFile = "folder.name"
  private static let maximumName = 64

  let path: String
  /// Opens a new file; tests give one that is full.
  var make: @Sendable (String) -> Int32 = { Glibc.open($0, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }

  init(_ path: String) { self.path = path }

  /// Makes the folder unless it is there.
  ///
  /// - Parameter name: for a new folder.
  /// - Returns: the name by which jobs know it.
  /// - Throws: `SystemError`, also for a folder of somebody else.
  func open(named name: String) throws(SystemError) -> String {
    var made = ""
    for part in path.split(separator: "/") {
      made += "/\(part)"
      guard mkdir(made, 0o700) == 0 || errno == EEXIST || errno == EISDIR || errno == EROFS else {
        throw .last("make \(made)")
      }
    }
    var status = stat()
    guard stat(path, &status) == 0 else { throw .last("open \(path)") }
    guard status.st_uid == geteuid() else {
      errno = EPERM
      throw .last("use \(path), which belongs to another user")
    }
    let file = "\(path)/\(Self.nameFile)"
    // Of two that make it at once, one is the first.
    let descriptor = Glibc.open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 {
      defer { close(descriptor) }
      try Files.write(Array(name.utf8), to: descriptor)
      guard fsync(descriptor) == 0 else { throw .last("fsync \(file)") }
      try sync()
      return name
    }
    guard errno == EEXIST else { throw .last("create \(file)") }
    let known = String(decoding: try Files.read(file, maximumBytes: Self.maximumName), as: UTF8.self)
    guard !known.isEmpty else {
      errno = EINVAL
      throw .last("read \(file), which is empty: remove it")
    }
    return known
  }

  /// A new empty file.
  func create(_ name: String) throws(SystemError) -> SpoolFile {
    let path = path(of: name)
    while true {
      let descriptor = make(path)
      guard descriptor >= 0 else { throw .last("create \(path)") }
      let file = SpoolFile(name: name, path: path, descriptor: descriptor)
      guard flock(descriptor, LOCK_EX) == 0 else { throw .last("lock \(path)") }
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { throw .last("look at \(path)") }
      // A sweep may have come between the two; it comes seldom.
      if status.st_nlink > 0 { return file }
    }
  }

  /// The file with this name.
  ///
  /// - Returns: nil when somebody else has it open.
  /// - Throws: `SystemError` with `ENOENT` for one that isn't there.
  func open(_ name: String) throws(SystemError) -> SpoolFile? {
    let path = path(of: name)
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last("open \(path)") }
    let file = SpoolFile(name: name, path: path, descriptor: descriptor)
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return file }
    guard errno == EWOULDBLOCK else { throw .last("lock \(path)") }
    return nil
  }

  func remove(_ name: String) { Files.remove(path(of: name)) }

  /// Makes the names of the files durable.
  func sync() throws(SystemError) {
    let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last("open \(path)") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .last("fsync \(path)") }
  }

  /// The files that are there, with their lengths.
  func files() throws(SystemError) -> [(name: String, bytes: UInt64)] {
    var files: [(name: String, bytes: UInt64)] = []
    for name in try Files.names(inFolder: path) where name.hasSuffix(Self.ending) {
      var status = stat()
      // One that is gone meanwhile takes no room.
      guard stat("\(path)/\(name)", &status) == 0 else { continue }
      files.append((String(name.dropLast(Self.ending.count)), UInt64(status.st_size)))
    }
    return files
  }

  private func path(of name: String) -> String { "\(path)/\(name)\(Self.ending)" }
}
