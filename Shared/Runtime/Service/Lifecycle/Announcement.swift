import RuntimeSystem
import RuntimeTelemetry
import Synchronization

/// Tells a parent process where this one listens, which matters when ports were chosen by the system.
///
/// The file holds one JSON object such as `{"admin":"127.0.0.1:9091","grpc":"127.0.0.1:50051","pid":"4711",
/// "service":"state-sync"}`, is replaced as a whole with every new address, and removed at the end.
public final class Announcement: Sendable {
  private let path: String?
  private let entries: Mutex<[String: String]>

  /// - Parameter path: nil or empty for no file.
  init(service: String, path: String?) {
    self.path = path.flatMap { $0.isEmpty ? nil : $0 }
    entries = Mutex(["service": service, "pid": String(CurrentProcess.identifier)])
  }

  /// Adds an address, such as `grpc` at `127.0.0.1:50051`.
  ///
  /// - Throws: `SystemError` when the file can't be written.
  public func add(_ name: String, _ address: String) throws {
    try entries.withLock { entries in
      entries[name] = address
      guard let path else { return }
      try Files.replace(path, with: Self.json(entries))
    }
  }

  /// Removes the file: nobody listens any more.
  func withdraw() {
    if let path { Files.remove(path) }
  }

  private static func json(_ entries: [String: String]) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "{")]
    for (index, (key, value)) in entries.sorted(by: { $0.key < $1.key }).enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      JSONText.appendString(key, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      JSONText.appendString(value, to: &bytes)
    }
    bytes += "}\n".utf8
    return bytes
  }
}
