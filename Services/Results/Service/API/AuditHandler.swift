import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// `twin.results.v1.AuditService`: adds to the audit and reads it.
struct AuditHandler: AuditServiceHandler {
  private static let pages = PageSizes(usual: 100, largest: 1_000)
  private static let maximumText = 256

  let store: any AuditStore

  func recordAudit(_ request: RecordAuditRequest, _ call: ServerCall) async throws -> RecordAuditResponse {
    guard let entry = request.entry else { throw ServiceFault.invalid("entry", "is required") }
    var wrong: [ServiceFault.FieldViolation] = []
    for (name, text) in [("id", entry.id), ("action", entry.action)] where text.isEmpty {
      wrong.append(.init("entry.\(name)", "is required"))
    }
    let texts = [
      ("id", entry.id), ("actor", entry.actor), ("action", entry.action), ("resource", entry.resource),
      ("environment", entry.environment), ("request_id", entry.requestID), ("outcome", entry.outcome),
    ]
    for (name, text) in texts where text.utf8.count > Self.maximumText {
      wrong.append(.init("entry.\(name)", "is longer than \(Self.maximumText) bytes"))
    }
    let time = entry.time.flatMap { UTCInstant($0) }
    if time == nil { wrong.append(.init("entry.time", "is required, as a moment of the years 1678 to 2262")) }
    guard wrong.isEmpty, let time else { throw ServiceFault.invalid(wrong) }
    try await store.record(entry, time: time.microseconds)
    return RecordAuditResponse()
  }

  func listAudit(_ request: ListAuditRequest, _ call: ServerCall) async throws -> ListAuditResponse {
    let limit = try Self.pages.size(request.pageSize)
    var filter = AuditFilter(
      actor: request.actor, action: request.action, resource: request.resource, environment: request.environment)
    if let from = request.from { filter.from = try Self.microseconds(from, "from") }
    if let to = request.to { filter.to = try Self.microseconds(to, "to") }
    // Names the list with its filter, so that its tokens open no other.
    let list = [
      "audit", "\(filter.from)", "\(filter.to)", filter.actor, filter.action, filter.resource, filter.environment,
    ].joined(separator: "|")
    var before = AuditPosition.end
    if !request.pageToken.isEmpty {
      guard let position = PageToken.position(in: request.pageToken, of: list, count: 2) else {
        throw ServiceFault.wrongPageToken()
      }
      before = AuditPosition(time: position[0], ordinal: position[1])
    }
    // One more than asked for tells whether another page follows.
    let found = try await store.entries(filter, before: before, limit: limit + 1)
    let page = found.prefix(limit)
    let last = found.count > limit ? page.last?.position : nil
    return ListAuditResponse(
      entries: page.map(\.entry),
      nextPageToken: last.map { PageToken(list: list, position: [$0.time, $0.ordinal]).text } ?? "")
  }

  private static func microseconds(_ time: ProtoTimestamp, _ field: String) throws -> Int64 {
    guard let instant = UTCInstant(time) else {
      throw ServiceFault.invalid(field, "must be a moment of the years 1678 to 2262")
    }
    return instant.microseconds
  }
}
