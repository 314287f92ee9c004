import FleetCore
import Foundation
import NIOCore
import RPCCompression
import RPCCore
import Synchronization
import Testing
import TwinProto

@testable import StateSyncService

/// A folder for uploads, removed with this object.
final class UploadFolder: Sendable {
  let path: String

  init() {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("twin-uploads-\(UUID().uuidString.prefix(8).lowercased())/spool").path
  }

  deinit { try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent()) }

  var spool: SpoolFolder { SpoolFolder(path) }

  /// The uploads' files.
  var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasSuffix(".upload") }
  }
}

/// A generator with a fixed seed.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  /// SplitMix64. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var output = ByteBuffer()
  Gzip.compress(ByteBuffer(bytes: bytes), into: &output)
  return Array(output.readableBytesView)
}

extension SyncStage {
  /// Hands a file over.
  func upload(_ bytes: [UInt8], _ header: UploadHeader, piece: Int = 1_000) async throws -> Upload {
    try await telemetry.uploadTelemetry { requests in
      try await requests.write(UploadTelemetryRequest(content: .header(header)))
      for start in stride(from: 0, to: bytes.count, by: piece) {
        try await requests.write(
          UploadTelemetryRequest(content: .chunk(Array(bytes[start..<min(start + piece, bytes.count)]))))
      }
    }
  }

  /// The upload once it has ended.
  func ended(_ upload: Upload) async throws -> Upload {
    var last = upload
    try await until {
      last = try await telemetry.getUpload(GetUploadRequest(id: upload.id))
      return last.status == .completed || last.status == .failed
    }
    return last
  }

  /// A row of NDJSON like the stage's sample.
  static func line(_ sequence: UInt64, of vehicle: String = "twin-001", more: String = "") -> String {
    let micros = epoch.adding(seconds: Double(sequence) * 0.1).microseconds
    let time = Date(timeIntervalSince1970: Double(micros) / 1e6)
      .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    return """
      {"vehicle_id":"\(vehicle)","sequence":\(sequence),"time":"\(time)","x_m":\(sequence * 2),"y_m":5,"speed_mps":20\(more)}

      """
  }
}
