import FleetCore
import RPCErrors
import SimulationInput
import TwinConversions
import TwinProto

/// What can be done with environments as such: adding, reading, listing, deleting, finding them.
struct Environments: Sendable {
  static let maximumRequestIDLength = 128
  static let pageSizes = PageSizes(usual: 100, largest: 1_000)

  let store: any EnvironmentStore
  let connectors: SourceConnectors
  let clock: WallClock

  /// Adds an environment. Safe to repeat with the same request id.
  ///
  /// - Returns: the environment, and whether it is new.
  func create(_ draft: EnvironmentDraft) async throws -> (record: EnvironmentRecord, isNew: Bool) {
    try check(draft)
    switch try await store.create(draft, at: clock.now()) {
    case .created(let record): return (record, true)
    case .exists(let record): throw ServiceFault.environmentExists(record.id)
    case .requestSeen(let record):
      guard draft.describes(record) else {
        throw ServiceFault.environmentRequestReused(draft.requestID ?? "", by: record.id)
      }
      return (record, false)
    }
  }

  private func check(_ draft: EnvironmentDraft) throws {
    var violations: [ServiceFault.FieldViolation] = []
    func refuse(_ field: String, _ problem: String) { violations.append(.init(field, problem)) }
    if !EnvironmentNames.isValid(draft.id) { refuse("id", Self.nameRule) }
    switch draft.kind {
    case .development, .staging, .production: break
    default: refuse("kind", "must be one of development, staging, production")
    }
    if let requestID = draft.requestID, requestID.utf8.count > Self.maximumRequestIDLength {
      refuse("request_id", "must have at most \(Self.maximumRequestIDLength) bytes")
    }
    if draft.sources.count > EnvironmentLimits.sources {
      refuse("sources", "must be at most \(EnvironmentLimits.sources)")
    }
    var names: Set<String> = []
    for (index, source) in draft.sources.enumerated() {
      let field = "sources[\(index)]"
      if !EnvironmentNames.isValid(source.name) { refuse("\(field).name", Self.nameRule) }
      if !names.insert(source.name).inserted { refuse("\(field).name", "is the name of another source, too") }
      if source.name == Mirror.inlineSource, source.kind != .inline {
        refuse("\(field).name", "is kept for what agents push")
      }
      if source.config.encodedBytes > EnvironmentLimits.configBytes {
        refuse("\(field).config", "must take at most \(EnvironmentLimits.configBytes) bytes")
      } else if let problem = InputValue(ProtoStruct(source.config)).problem() {
        refuse("\(field).config", problem)
      } else if source.kind == .inline {
        if !source.config.isEmpty { refuse("\(field).config", "must be empty for an inline source") }
      } else if let connector = connectors[source.kind] {
        for problem in connector.problems(with: connectors.config(source)) {
          refuse("\(field).config.\(problem.key)", problem.description)
        }
      } else {
        refuse("\(field).kind", "must be one of postgres, prometheus, kubernetes, firewall, inline")
      }
    }
    if !violations.isEmpty { throw ServiceFault.invalid(violations) }
  }

  static let nameRule = "must have 1 to \(EnvironmentNames.maximumLength) characters of a to z, 0 to 9 and -"

  /// The environment that an id or alias names.
  func find(_ name: String, field: String = "environment_id") async throws -> EnvironmentRecord {
    guard !name.isEmpty else { throw ServiceFault.invalid(field, "is required") }
    guard EnvironmentNames.isValid(name) else { throw ServiceFault.noEnvironment(String(name.prefix(128))) }
    if let record = try await store.environment(name) { return record }
    if let id = EnvironmentNames.meaning(of: name), let record = try await store.environment(id) { return record }
    throw ServiceFault.noEnvironment(name)
  }

  /// A page of environments, ordered by id; shorter than asked for where their settings take more than `bytes`.
  func list(pageSize: Int32, pageToken: String, bytes: Int) async throws -> (
    records: [EnvironmentRecord], nextPageToken: String
  ) {
    let size = try Self.pageSizes.size(pageSize)
    let list = "environments"
    let after = try Self.place(pageToken, of: list)
    let found = try await store.environments(after: after, limit: size + 1)
    var sum = 0
    let page = Array(
      found.prefix(size).prefix { record in
        defer { sum += record.encodedBytes }
        return sum == 0 || sum + record.encodedBytes <= bytes
      })
    guard found.count > page.count, let last = page.last else { return (page, "") }
    return (page, PageToken.text(list: list, after: last.id))
  }

  /// A page of an environment's targets, ordered by name.
  func targets(_ environment: EnvironmentRecord, kind: String, pageSize: Int32, pageToken: String, bytes: Int)
    async throws -> (records: [TargetRecord], nextPageToken: String)
  {
    let size = try Self.pageSizes.size(pageSize)
    let list = "targets|\(environment.id)|\(kind)"
    let after = try Self.place(pageToken, of: list)
    let found = try await store.targets(
      TargetQuery(environmentID: environment.id, kind: kind, after: after, limit: size + 1, bytes: bytes))
    let page = Array(found.prefix(size))
    guard let last = page.last else { return (page, "") }
    // Fewer than asked for may mean that the states are large.
    let hasMore =
      if found.count > size { true } else {
        try await !store.targets(
          TargetQuery(environmentID: environment.id, kind: kind, after: last.name, limit: 1)
        ).isEmpty
      }
    return (page, hasMore ? PageToken.text(list: list, after: last.name) : "")
  }

  private static func place(_ token: String, of list: String) throws -> String {
    guard !token.isEmpty else { return "" }
    guard let name = PageToken.name(in: token, of: list) else { throw ServiceFault.wrongPageToken() }
    return name
  }
}
