import Foundation

/// A file on its way to state-sync, read piece by piece.
struct UploadFile: Sendable {
  static let pieceBytes = 256 << 10

  let url: URL
  let bytes: UInt64

  init(_ path: String) throws {
    url = URL(fileURLWithPath: path)
    guard let handle = try? FileHandle(forReadingFrom: url), let end = try? handle.seekToEnd() else {
      throw Problem(description: "\(path) can't be read")
    }
    bytes = end
  }

  /// Whether the file begins as gzip does. Source: RFC 1952 §2.3.1
  func isGzip() throws -> Bool {
    let handle = try FileHandle(forReadingFrom: url)
    return try handle.read(upToCount: 2).map { Array($0) == [0x1F, 0x8B] } ?? false
  }

  /// Passes the file on from its begin.
  func pieces(_ body: ([UInt8]) async throws -> Void) async throws {
    let handle = try FileHandle(forReadingFrom: url)
    while let piece = try handle.read(upToCount: Self.pieceBytes), !piece.isEmpty { try await body(Array(piece)) }
  }
}
