import FleetCore
import SimulationCalibration
import Testing

@testable import TwinEngineService

@Suite("What every store of calibrations does")
struct CalibrationStoreTests {
  private static let start = UTCInstant(microseconds: 1_800_000_000_000_000)

  /// A store with a twin, whose number is 1.
  private func stage(_ kind: StoreKind) async throws -> any TwinStore & CalibrationStore {
    let store = try await kind.make()
    let draft = TwinDraft(physicalVehicleID: "AV-1", modelType: "sedan", overrides: [:], requestID: nil)
    guard case .created = try await store.create(draft, at: Self.start) else { throw Unexpected() }
    return store
  }

  private struct Unexpected: Error {}

  private func draft(
    _ kind: FitKind = .dynamics, _ values: [String: Double] = ["a": 1], requestID: String? = nil, digest: Int64 = 7
  ) -> CalibrationDraft {
    let fit = ParameterFit(
      method: "least squares, \"exact\"", parameters: values.mapValues { Estimate(value: $0, std: 0.1 + 0.2) },
      fit: ["rmse": 0.25], holdout: ["rmse": 1e-9], sampleCount: 60, holdoutCount: 40,
      omitted: ["b": "no steering above 0.02 rad"], notes: ["a note"])
    return CalibrationDraft(
      number: 1, kind: kind, fit: fit, before: ["a": -1.5], requestID: requestID, requestDigest: digest)
  }

  private func add(
    _ draft: CalibrationDraft, to store: any CalibrationStore, at seconds: Double = 0
  ) async throws -> CalibrationRecord {
    guard case .added(let record) = try await store.add(draft, at: Self.start.adding(seconds: seconds)) else {
      throw Unexpected()
    }
    return record
  }

  @Test("a calibration comes back as it was made, and the twin uses it", arguments: StoreKind.allCases)
  func roundTrip(_ kind: StoreKind) async throws {
    let store = try await stage(kind)
    #expect(try await store.calibration(1, of: 1) == nil)
    let draft = draft(requestID: "r", digest: .min)
    let record = try await add(draft, to: store, at: 5)
    #expect(record.version == 1)
    #expect(record.draft == draft)
    #expect(record.createTime == Self.start.adding(seconds: 5))
    #expect(try await store.calibration(1, of: 1) == record)
    #expect(try await store.calibration(1, of: 2) == nil)
    #expect(try await store.calibration(requestID: "r") == record)
    #expect(try await store.calibration(requestID: "s") == nil)
    let twin = try #require(try await store.twin(1))
    #expect(twin.calibrationVersion == 1)
    #expect(twin.calibrated.parameters == ["a": 1])
    #expect(twin.calibrated == record.set)
    #expect(twin.updateTime == record.createTime)
    // Other replicas hear of it.
    #expect(try await store.changes(after: 1, limit: 10) == [twin])
  }

  @Test("a request makes one calibration, however often it comes", arguments: StoreKind.allCases)
  func repeats(_ kind: StoreKind) async throws {
    let store = try await stage(kind)
    let first = try await add(draft(requestID: "r"), to: store)
    #expect(try await store.add(draft(requestID: "r", digest: 8), at: Self.start) == .requestSeen(first))
    #expect(try await store.calibrations(of: 1, below: .max, limit: 10) == [first])
    #expect(try await add(draft(), to: store).version == 2)
  }

  @Test("kinds work side by side, and a version brings back all that was used", arguments: StoreKind.allCases)
  func sets(_ kind: StoreKind) async throws {
    let store = try await stage(kind)
    _ = try await add(draft(.dynamics, ["a": 1, "shared": 1]), to: store)
    _ = try await add(draft(.carFollowing, ["c": 2]), to: store)
    _ = try await add(draft(.fuel, ["f": 3, "shared": 3]), to: store)
    let last = try await add(draft(.dynamics, ["d": 4]), to: store)
    #expect(last.set.versions == [.dynamics: 4, .carFollowing: 2, .fuel: 3])
    #expect(last.set.parameters == ["d": 4, "c": 2, "f": 3, "shared": 3])

    let second = try #require(try await store.use(2, of: 1, at: Self.start.adding(seconds: 9)))
    #expect(second.calibrationVersion == 2)
    #expect(second.calibrated.parameters == ["a": 1, "shared": 1, "c": 2])
    #expect(try await store.twin(1) == second)
    #expect(try await store.changes(after: second.change - 1, limit: 10) == [second])
    let third = try #require(try await store.use(3, of: 1, at: Self.start))
    // The higher version of two that have the same parameter.
    #expect(third.calibrated.parameters == ["a": 1, "shared": 3, "c": 2, "f": 3])
    let none = try #require(try await store.use(0, of: 1, at: Self.start))
    #expect(none.calibrationVersion == 0)
    #expect(none.calibrated.parameters.isEmpty)
    #expect(try await store.use(5, of: 1, at: Self.start) == nil)
    #expect(try await store.use(1, of: 2, at: Self.start) == nil)
    #expect(try await store.twin(1) == none)
    // What comes next stands on what is used, and its version was never given away before.
    let next = try await add(draft(.fuel, ["f": 5]), to: store)
    #expect(next.version == 5)
    #expect(next.set.parameters == ["f": 5])
  }

  @Test("lists begin with the newest and go on below a version", arguments: StoreKind.allCases)
  func lists(_ kind: StoreKind) async throws {
    let store = try await stage(kind)
    for _ in 0..<5 { _ = try await add(draft(), to: store) }
    #expect(try await store.calibrations(of: 1, below: .max, limit: 2).map(\.version) == [5, 4])
    #expect(try await store.calibrations(of: 1, below: 4, limit: 9).map(\.version) == [3, 2, 1])
    #expect(try await store.calibrations(of: 2, below: .max, limit: 9).isEmpty)
  }

  @Test("calibrations at the same time count up without gaps, each on top of the others", arguments: StoreKind.allCases)
  func concurrent(_ kind: StoreKind) async throws {
    let store = try await stage(kind)
    let records = try await withThrowingTaskGroup(of: CalibrationRecord.self) { group in
      for index in 0..<12 {
        let kind = FitKind.allCases[index % 3]
        group.addTask { try await add(draft(kind, ["\(kind)": Double(index)]), to: store) }
      }
      return try await group.reduce(into: [CalibrationRecord]()) { $0.append($1) }
    }.sorted { $0.version < $1.version }
    #expect(records.map(\.version) == Array(1...12))
    var set = CalibratedSet()
    for record in records {
      set[record.draft.kind] = .init(
        version: record.version, parameters: record.draft.fit.parameters.mapValues(\.value))
      #expect(record.set == set)
    }
    #expect(try await store.twin(1)?.calibrated == set)
  }

  @Test("a twin's calibrations go with it, and a deleted one takes none", arguments: StoreKind.allCases)
  func deletion(_ kind: StoreKind) async throws {
    let store = try await stage(kind)
    _ = try await add(draft(requestID: "r"), to: store)
    let gone = try #require(try await store.delete(1, at: Self.start))
    #expect(gone.calibrationVersion == 0)
    #expect(gone.calibrated.parameters.isEmpty)
    #expect(try await store.calibration(1, of: 1) == nil)
    #expect(try await store.calibration(requestID: "r") == nil)
    let change = gone.change
    #expect(try await store.add(draft(), at: Self.start) == .noTwin)
    #expect(try await store.use(0, of: 1, at: Self.start) == nil)
    #expect(try await store.changes(after: change, limit: 10).isEmpty)
  }
}
