import ArgumentParser
import Foundation
import RPCCore
import RPCTransport
import TwinProto

struct UploadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upload", abstract: "Hands a file of telemetry to state-sync.",
    discussion: """
      FILE is NDJSON (one sample a line) or CSV (a header with the field names), either also compressed by gzip, with \
      samples of any number of vehicles. It is sent as it is, however long it is.

      A sample counts as stored before when its vehicle, source and sequence are: give files whose sequences begin anew \
      sources of their own.

      Without --wait, ends with 0 when the file is on state-sync's disk. With --wait, ends with 0 when every row was \
      stored, now or before, 1 when some were rejected, and 2 when the upload failed. Always 2 when the file couldn't be \
      handed over, and 64 for wrong arguments.
      """)

  /// Formats as they are named here.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case ndjson
    case csv

    var message: UploadFormat { self == .csv ? .csv : .ndjson }
  }

  @Argument(help: ArgumentHelp("File of samples: .ndjson, .jsonl or .csv, or one of them with .gz.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("Twin of the rows that name none, such as twin-001.", valueName: "id"))
  var vehicle: String?

  @Option(help: ArgumentHelp("Source of the rows that name none; \"upload\" unless given.", valueName: "name"))
  var source: String?

  @Option(help: "Format, where the file's name doesn't tell.") var format: Format?

  @Flag(help: "Wait until every row is worked off.") var wait = false

  @Option(
    help: ArgumentHelp(
      "A UUID, to be given again when the same file is sent again: then nothing is done twice.", valueName: "uuid"))
  var requestID: String?

  @Option(help: ArgumentHelp("Gives up after so long without an answer.", valueName: "seconds"))
  var patience = 60.0

  @Option(help: "state-sync's address.") var server = ServerAddress(loopbackPort: 50_051)
  @OptionGroup var tls: TLSOptions

  func validate() throws {
    guard format != nil || Self.format(of: file) != nil else {
      throw ValidationError("the name of \(file) doesn't tell its format; give --format ndjson or --format csv")
    }
    guard patience > 0, patience <= 86_400 else { throw ValidationError("--patience must lie over 0 and up to 86400") }
  }

  /// The format that a file's name tells.
  static func format(of file: String) -> Format? {
    let name = file.lowercased()
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    if plain.hasSuffix(".csv") { return .csv }
    return [".ndjson", ".jsonl"].contains { plain.hasSuffix($0) } ? .ndjson : nil
  }

  func run() async throws {
    let upload: Upload
    do {
      upload = try await hand()
    } catch {
      StandardError.print(ProblemText.lines(error))
      throw ProcessExit.error
    }
    print(UploadText.lines(upload).joined(separator: "\n"))
    if upload.status == .failed { throw ProcessExit.error }
    if wait, upload.rejected > 0 { throw ProcessExit.failed }
  }

  private func hand() async throws -> Upload {
    let reader = try UploadFile(file)
    let client = try server.client(tls)
    defer { client.shutDown() }
    let session = UploadSession(
      service: TelemetryServiceClient(client), patience: Patience(limit: .seconds(patience)),
      progress: UploadPrinter())
    let header = UploadHeader(
      format: (format ?? Self.format(of: file))?.message ?? .unspecified, gzip: try reader.isGzip(),
      vehicleID: vehicle ?? "", source: source ?? "", requestID: requestID ?? UUID().uuidString.lowercased())
    let upload = try await session.send(reader, header)
    return wait ? try await session.waitForEnd(of: upload) : upload
  }
}
