/// The bounds of uploads.
struct UploadLimits: Sendable {
  /// The longest file as it is sent, in bytes.
  var longest: UInt64 = 8 << 30
  /// All files that wait or come, in bytes.
  var spool: UInt64 = 32 << 30
  /// The longest file once decompressed, in bytes.
  var longestUnpacked: UInt64 = 64 << 30
  /// Below so many decompressed bytes no ratio is looked at.
  var expansionFloor: UInt64 = 64 << 20
  /// How long a finished upload can be asked for.
  var retention = Duration.seconds(7 * 86_400)

  /// A file may unfold to so many times its length. Telemetry compresses to a tenth; deflate could reach 1,032.
  static let expansion: UInt64 = 200
  /// Files that come at the same time.
  static let receiving = 16
  /// A sender that sends nothing for so long is given up.
  static let stall = Duration.seconds(60)
  /// Uploads that wait to be worked off, in one folder.
  static let waiting = 1_000
  /// Uploads that are worked off at the same time.
  static let atWork = 2
  /// The longest part of a file in one message.
  static let chunkBytes = 1 << 20
  /// The longest line of NDJSON; a row of CSV has `CSVParser.maximumRowBytes`.
  static let lineBytes = 1 << 20
  /// Rows of one file.
  static let rows: UInt64 = 1_000_000_000
  /// Bytes that are read, decompressed and parsed at a time.
  static let pieceBytes = 64 << 10
  /// Rows between two notes of how far an upload is.
  static let roundRows = 4_000
  /// What the lines of those may take.
  static let roundBytes = 8 << 20
  /// Rows of one upload that wait in the log, so that live streams find room between them.
  static let rowsInFlight = 1_000
  /// What their encodings take.
  static let bytesInFlight = 4 << 20
  /// Samples on their way into the twins before an upload waits for them: no more than the log keeps in memory.
  static let unapplied = Int64(LogTail.capacity)
  /// So long an upload waits for twin-engine, and then goes on all the same: it may be away.
  static let forwardingPatience = Duration.seconds(1)
  /// Rejected rows of an upload that are kept; further ones are only counted.
  static let storedRejections: UInt64 = 10_000
  /// Of these, how many are shown with the upload.
  static let shownRejections = 100
  /// Characters of a rejection's message and of a name in it.
  static let shownMessage = 512
  static let shownName = 64
  /// An upload whose worker didn't note anything for so long, and whose file is elsewhere, has failed.
  static let abandonedAfter = Duration.seconds(86_400)
}
