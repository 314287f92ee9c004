import Foundation
import SystemTesting
import Testing
import Waiting

/// The integration example that is shipped, against real processes, as an agent would run it.
extension SystemTests {
  @Suite(.serialized) struct ArbiterExampleTests {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs/examples/arbiter_check.py")

    /// The example, at the suite's port.
    private static func run(_ arguments: [String] = []) async throws -> Child.Outcome {
      let suite = try await SystemTests.shared.processes()
      return try await Child.run(
        URL(fileURLWithPath: "/usr/bin/env"), ["python3", script.path] + arguments,
        environment: ["TWIN_URL": "http://127.0.0.1:\(suite.infrastructureREST.port)"])
    }

    /// Tells production's twin of a PostgreSQL on a host.
    private static func sync(ramGB: Int, workMem: String, backends: Int, active: Int) async throws {
      let rest = try await SystemTests.shared.processes().infrastructureREST
      try await eventually("every service answers") { (try? await rest.call("GET", "/health").status) == 200 }
      let state = #"""
        {"ram_gb":\#(ramGB),"cores":8,"shared_buffers":"1GB","max_connections":200,"work_mem":"\#(workMem)",
         "hash_mem_multiplier":2.0,"db_size_gb":60,"working_set_gb":12,"peak_backends":\#(backends),
         "peak_active":\#(active),"maintenance_window":true,"replica_failover":true}
        """#
      let synced = try await rest.call(
        "POST", "/api/v1/environments/sync",
        json:
          #"{"environment_id":"production","source":"inline","targets":{"postgresql-primary":{"kind":"postgresql","state":\#(state)}}}"#
      )
      #expect(synced.status == 200, "\(synced.text)")
    }

    /// The same change of the same target; only the host differs: 2 GB + 480·10 MB + 300·64 MB don't fit 8 GB.
    @Test func aRiskyChangeIsStoppedWithItsReason() async throws {
      try await Self.sync(ramGB: 8, workMem: "32MB", backends: 480, active: 300)
      let outcome = try await Self.run()
      #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.output.contains("STOP"), "\(outcome.output)")
      #expect(outcome.output.contains("OOM_RISK"), "\(outcome.output)")
    }

    /// The example says that it thinks the risk high, and learns that it isn't.
    @Test func aSafeChangeGoesOn() async throws {
      try await Self.sync(ramGB: 64, workMem: "4MB", backends: 120, active: 60)
      let outcome = try await Self.run()
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }

    @Test func whatCannotBeSimulatedIsNoPermission() async throws {
      let outcome = try await Self.run([
        #"{"type":"scaling","target":"web","environment":"nowhere","change":{"instances":2}}"#
      ])
      #expect(outcome.status == 2, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.output.contains("STOP"))
      let wrong = try await Self.run([#"{"type":"scaling","target":"web"}"#])
      #expect(wrong.status == 2, "\(wrong.output)\(wrong.errors)")
      #expect(wrong.output.contains("change_request.change: is required"), "\(wrong.output)")
    }

    @Test func everyDecisionIsInTheAudit() async throws {
      try await Self.sync(ramGB: 8, workMem: "32MB", backends: 480, active: 300)
      let rest = try await SystemTests.shared.processes().infrastructureREST
      let before = try await Self.checks(rest)
      _ = try await Self.run()
      try await eventually("the audit tells of the check") { try await Self.checks(rest).count == before.count + 1 }
      let newest = try #require(try await Self.checks(rest).first)
      #expect(["require_approval", "block"].contains(newest["outcome"] as? String ?? ""), "\(newest)")
    }

    private static func checks(_ rest: RESTClient) async throws -> [[String: Any]] {
      let audit = try await rest.call("GET", "/api/v1/audit?action=change.checked&page_size=1000")
      return try #require(audit.value("entries") as? [[String: Any]], "\(audit.text)")
    }
  }
}
