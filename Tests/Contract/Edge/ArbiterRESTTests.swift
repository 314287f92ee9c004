import Foundation
import HTTPTypes
import SimulationInfrastructure
import Testing

@Suite("The Arbiter check over REST")
struct ArbiterRESTTests {
  private static let change = #"""
    {"type":"config_change","target":"postgresql-primary","environment":"prod",
     "change":{"max_connections":500,"shared_buffers":"2GB"}}
    """#

  /// Tells the twin of the target.
  private static func sync(_ client: EdgeStage.Client) async throws {
    let synced = try await client.call(
      .post, "/api/v1/environments/sync",
      #"{"environment_id":"production","source":"inline","targets":{"postgresql-primary":{"kind":"postgresql","state":{"ram_gb":8}}}}"#
    )
    #expect(synced.status == 200, "\(synced.text)")
  }

  @Test("one call creates, runs and answers as the contract says")
  func oneCall() async throws {
    try await EdgeStage.with { client in
      try await Self.sync(client)
      let answer = try await client.call(
        .post, "/api/v1/simulation/run",
        #"{"change_request":\#(Self.change),"duration_hours":24,"risk_level":"high"}"#)
      #expect(answer.status == 200, "\(answer.text)")
      #expect(answer.text("status") == "success")
      #expect(answer.text("simulation_id") == "change-000001")
      #expect(answer.value("predicted_impact", "risk_score") as? Double == 61)
      #expect(answer.text("predicted_impact", "risk_level") == "high")
      #expect(answer.text("predicted_impact", "recommendation") == "require_approval")
      #expect(answer.text("predicted_impact", "issues", "0", "code") == "OOM_RISK")
      #expect(answer.text("predicted_impact", "issues", "0", "severity") == "critical")
      #expect(answer.text("predicted_impact", "issues", "0", "message") == "21 GB of memory on a host with 8 GB")
      #expect(answer.text("predicted_impact", "issues", "0", "evidence", "model") == "postgresql_memory")
      #expect(answer.value("predicted_impact", "issues", "0", "evidence", "inputs", "peak_backends") as? Double == 480)
      #expect(answer.value("predicted_impact", "before", "memory_gb") as? Double == 3)
      #expect(answer.value("predicted_impact", "after", "memory_gb") as? Double == 21)
      #expect(answer.value("confidence") as? Double == 0.5)
      #expect(answer.value("calibrated") as? Bool == false)
      #expect(answer.text("regime") != nil)
      #expect(answer.value("prediction_interval", "low") as? Double == 61)
      #expect(answer.text("approval_id") == "approval-000001")
      #expect(answer.text("environment") == "production")
      #expect(answer.value("error") == nil)
    }
  }

  @Test("created first, run by its id, read and deleted")
  func inSteps() async throws {
    try await EdgeStage.with(score: 10) { client in
      try await Self.sync(client)
      let created = try await client.call(.post, "/api/v1/simulation/create", Self.change)
      #expect(created.status == 201, "\(created.text)")
      #expect(created.text("id") == "change-000001")
      #expect(created.text("status") == "created")
      #expect(created.headers[.location] == "/api/v1/simulation/change-000001")
      let run = try await client.call(.post, "/api/v1/simulation/run", #"{"simulation_id":"change-000001"}"#)
      #expect(run.status == 200, "\(run.text)")
      #expect(run.text("predicted_impact", "recommendation") == "approve")
      #expect(run.value("approval_id") == nil)
      let read = try await client.call(.get, "/api/v1/simulation/change-000001")
      #expect(read.status == 200)
      #expect(read.text("status") == "completed")
      #expect(read.value("predicted_impact", "risk_score") as? Double == 10)
      #expect(read.text("change_request", "type") == "config_change")
      let list = try await client.call(.get, "/api/v1/simulation?status=completed")
      #expect(list.text("simulations", "0", "id") == "change-000001", "\(list.text)")
      #expect(try await client.call(.delete, "/api/v1/simulation/change-000001").status == 204)
      let gone = try await client.call(.get, "/api/v1/simulation/change-000001")
      #expect(gone.status == 404)
      #expect(gone.text("code") == "SIMULATION_NOT_FOUND")
    }
  }

  @Test("what clients of the system before this one call the type is accepted, wherever the change stands")
  func alias() async throws {
    try await EdgeStage.with { client in
      try await Self.sync(client)
      let old = Self.change.replacingOccurrences(of: #""type""#, with: #""simulation_type""#)
      let created = try await client.call(.post, "/api/v1/simulation/create", old)
      #expect(created.status == 201, "\(created.text)")
      #expect(created.text("change_request", "type") == "config_change")
      let run = try await client.call(.post, "/api/v1/simulation/run", #"{"change_request":\#(old)}"#)
      #expect(run.text("status") == "success", "\(run.text)")
      let twice = try await client.call(
        .post, "/api/v1/simulation/create",
        #"{"type":"scaling","simulation_type":"scaling","target":"x","change":{"simulation_type":1}}"#)
      #expect(twice.status == 400)
      #expect(twice.fields == ["type"], "\(twice.text)")
    }
  }

  @Test("bad input names each field as the client wrote it")
  func badInput() async throws {
    try await EdgeStage.with { client in
      let empty = try await client.call(.post, "/api/v1/simulation/create", "{}")
      #expect(empty.status == 400)
      #expect(empty.headers[.contentType] == "application/problem+json")
      #expect(empty.fields == ["type", "target", "change"], "\(empty.text)")
      #expect(!empty.text.contains("change_request"), "\(empty.text)")
      let nested = try await client.call(
        .post, "/api/v1/simulation/run", #"{"change_request":{"target":"x"},"duration_hours":9000}"#)
      #expect(nested.status == 400)
      #expect(
        nested.fields == ["change_request.type", "change_request.change", "duration_hours"], "\(nested.text)")
      let words = try await client.call(
        .post, "/api/v1/simulation/run",
        #"{"change_request":{"type":"magic","target":"x","change":{}},"risk_level":"huge","nonsense":1}"#)
      #expect(words.status == 400)
      #expect(Set(words.fields) == ["change_request.type", "risk_level", "nonsense"], "\(words.text)")
      #expect(try await client.call(.post, "/api/v1/simulation/run", "{").status == 400)
      let nothing = try await client.call(.post, "/api/v1/simulation/run", "{}")
      #expect(nothing.fields == ["change_request"], "\(nothing.text)")
    }
  }

  @Test("an unknown environment fails a check without a score, and is not found by a read")
  func unknownEnvironment() async throws {
    try await EdgeStage.with(score: 1) { client in
      let run = try await client.call(
        .post, "/api/v1/simulation/run",
        #"{"change_request":{"type":"scaling","target":"web","environment":"nowhere","change":{"instances":2}}}"#)
      #expect(run.status == 200)
      #expect(run.text("status") == "failed")
      #expect(run.text("error")?.hasPrefix("ENVIRONMENT_NOT_FOUND") == true, "\(run.text)")
      #expect(run.value("predicted_impact") == nil)
      for path in ["/api/v1/environments/nowhere", "/api/v1/environments/nowhere/metrics?metric=x"] {
        let read = try await client.call(.get, path)
        #expect(read.status == 404, "\(path)")
        #expect(read.text("code") == "ENVIRONMENT_NOT_FOUND", "\(path)")
      }
    }
  }

  @Test("an unknown target never scores below 50")
  func unknownTarget() async throws {
    try await EdgeStage.with(score: 1) { client in
      let run = try await client.call(
        .post, "/api/v1/simulation/run",
        #"{"change_request":{"type":"scaling","target":"nobody","change":{"instances":2}}}"#)
      #expect(try #require(run.value("predicted_impact", "risk_score") as? Double) >= 50, "\(run.text)")
      #expect(run.value("confidence") as? Double == 0)
    }
  }

  @Test("a simulation that needs more memory than it may take is a check that failed, without a score and audited")
  func outOfMemory() async throws {
    let stage = try EdgeStage(score: 1) { _, _, _ in throw ChangeOutOfMemory(limit: 1_048_576) }
    try await EdgeStage.with(stage) { client in
      try await Self.sync(client)
      let run = try await client.call(.post, "/api/v1/simulation/run", #"{"change_request":\#(Self.change)}"#)
      #expect(run.status == 200 && run.text("status") == "failed", "\(run.text)")
      #expect(
        run.text("error")?.hasPrefix("RESOURCE_EXHAUSTED: ") == true
          && run.text("error")?.contains("changes.memory-bytes=1048576 B") == true, "\(run.text)")
      #expect(run.value("predicted_impact") == nil && run.value("confidence") == nil)
      let audit = try await client.call(.get, "/api/v1/audit?action=change.checked")
      #expect(audit.text("entries", "0", "outcome") == "failed", "\(audit.text)")
    }
  }

  @Test("a repeated key gives the first judgement")
  func repeats() async throws {
    try await EdgeStage.with { client in
      try await Self.sync(client)
      let body = #"{"change_request":\#(Self.change)}"#
      let first = try await client.call(.post, "/api/v1/simulation/run", body, key: "k-1")
      let again = try await client.call(.post, "/api/v1/simulation/run", body, key: "k-1")
      #expect(first.status == 200, "\(first.text)")
      #expect(first.text == again.text)
      let other = try await client.call(
        .post, "/api/v1/simulation/run", #"{"simulation_id":"change-000001"}"#, key: "k-1")
      #expect(other.status == 409)
      #expect(other.text("code") == "REQUEST_ID_REUSED")
    }
  }

  @Test("a person approves or rejects, once, and the audit tells of all of it")
  func approvals() async throws {
    try await EdgeStage.with { client in
      try await Self.sync(client)
      let body = #"{"change_request":\#(Self.change)}"#
      for _ in 0..<2 { _ = try await client.call(.post, "/api/v1/simulation/run", body) }
      let pending = try await client.call(.get, "/api/v1/approvals?status=pending")
      #expect(pending.text("approvals", "0", "id") == "approval-000002", "\(pending.text)")
      let approved = try await client.call(
        .post, "/api/v1/approvals/approval-000001/approve", #"{"comment":"in the window","decided_by":"ann"}"#)
      #expect(approved.status == 200, "\(approved.text)")
      #expect(approved.text("status") == "approved")
      #expect(approved.text("decided_by") == "ann")
      let late = try await client.call(.post, "/api/v1/approvals/approval-000001/reject")
      #expect(late.status == 409)
      #expect(late.text("code") == "APPROVAL_DECIDED")
      #expect(try await client.call(.post, "/api/v1/approvals/approval-000002/reject").text("status") == "rejected")
      #expect(try await client.call(.get, "/api/v1/approvals/approval-000009").status == 404)
      let audit = try await client.call(.get, "/api/v1/audit?resource=approval-000001")
      #expect(audit.text("entries", "0", "action") == "approval.approved", "\(audit.text)")
      let checks = try await client.call(.get, "/api/v1/audit?action=change.checked&environment=production")
      #expect((checks.value("entries") as? [Any])?.count == 2, "\(checks.text)")
      #expect(checks.text("entries", "0", "outcome") == "require_approval")
    }
  }

  @Test("predictions, actual values and their record")
  func predictions() async throws {
    try await EdgeStage.with(score: 10) { client in
      try await Self.sync(client)
      let impact = try await client.call(
        .post, "/api/v1/predict/impact", #"{"change_request":\#(Self.change)}"#)
      #expect(impact.status == 200, "\(impact.text)")
      #expect(impact.value("predicted_impact", "risk_score") as? Double == 10)
      #expect(impact.text("confidence_detail", "model") == "postgresql_memory")
      let actual = try await client.call(
        .post, "/api/v1/predict/actuals",
        #"{"simulation_id":"change-000001","actuals":{"memory_gb":20},"applied_time":"2027-01-15T08:00:00Z"}"#)
      #expect(actual.status == 200, "\(actual.text)")
      #expect(actual.value("records", "0", "actual") as? Double == 20, "\(actual.text)")
      let record = try await client.call(.get, "/api/v1/predict/track-record?environment=production")
      #expect(record.value("total") as? Int == 2, "\(record.text)")
      let performance = try await client.call(
        .post, "/api/v1/predict/performance",
        #"{"model":"mmc","inputs":{"arrival_rate_per_s":6.4,"service_rate_per_s":1,"servers":8}}"#)
      #expect(performance.status == 200, "\(performance.text)")
      let failures = try await client.call(
        .get, "/api/v1/predict/failures?environment=production&horizon_hours=24")
      #expect(failures.status == 200, "\(failures.text)")
      #expect(failures.text("environment") == "production")
      let models = try await client.call(.get, "/api/v1/models")
      #expect(models.text("models", "7", "name") == "mmc", "\(models.text)")
      #expect(try await client.call(.get, "/api/v1/alerts").status == 200)
      let list = try await client.call(.get, "/api/v1/environments")
      #expect(list.text("environments", "0", "id") == "production", "\(list.text)")
      #expect(try await client.call(.delete, "/api/v1/environments/staging").status == 204)
      let made = try await client.call(
        .post, "/api/v1/environments", #"{"id":"production-eu","kind":"production"}"#)
      #expect(made.status == 201, "\(made.text)")
      #expect(made.headers[.location] == "/api/v1/environments/production-eu")
      let series = try await client.call(.get, "/api/v1/environments/production/metrics?metric=rho")
      #expect(series.text("series", "0", "metric") == "rho", "\(series.text)")
    }
  }

  private static let review = #"""
    {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"705ab4f5-6393",
     "kind":{"group":"apps","version":"v1","kind":"Deployment"},"resource":{"group":"apps","version":"v1","resource":"deployments"},
     "namespace":"store","name":"shop","operation":"UPDATE","userInfo":{"username":"ann"},"dryRun":false,
     "object":{"metadata":{"name":"shop","managedFields":[{"fieldsV1":{"f:spec":{"f:replicas":{}}}}]},
      "spec":{"replicas":1,"template":{"spec":{"containers":[{"image":"shop:1"}]}}}},
     "oldObject":{"metadata":{"name":"shop"},"spec":{"replicas":3,"template":{"spec":{"containers":[{"image":"shop:1"}]}}}}}}
    """#

  @Test("Kubernetes gets an AdmissionReview with its uid, and the issues when the object is denied")
  func admission() async throws {
    try await EdgeStage.with(score: 61) { client in
      try await Self.sync(client)
      let denied = try await client.call(.post, "/api/v1/admission/review?timeout=10s", Self.review)
      #expect(denied.status == 200, "\(denied.text)")
      #expect(denied.text("apiVersion") == "admission.k8s.io/v1")
      #expect(denied.text("kind") == "AdmissionReview")
      #expect(denied.text("response", "uid") == "705ab4f5-6393")
      #expect(denied.value("response", "allowed") as? Bool == false)
      #expect(denied.text("response", "status", "message")?.contains("OOM_RISK") == true, "\(denied.text)")
      // The environment is in the path, since a webhook's address may have no query.
      let elsewhere = try await client.call(.post, "/api/v1/admission/review/staging?timeout=10s", Self.review)
      #expect(elsewhere.status == 200, "\(elsewhere.text)")
      #expect(elsewhere.text("response", "uid") == "705ab4f5-6393")
      let listed = try await client.call(.get, "/api/v1/simulation?environment=staging")
      #expect(listed.text.contains("store/shop"), "\(listed.text)")
      let odd = try await client.call(.post, "/api/v1/admission/review", #"{"kind":"Pod"}"#)
      #expect(odd.status == 400)
      #expect(odd.fields.contains("request.uid"), "\(odd.text)")
    }
  }

  @Test("Kubernetes gets an answer to its question also when nobody can judge")
  func admissionAlone() async throws {
    try await EdgeStage.with(isAlone: true) { client in
      let denied = try await client.call(.post, "/api/v1/admission/review?timeout=10s", Self.review)
      #expect(denied.status == 200, "\(denied.text)")
      #expect(denied.text("response", "uid") == "705ab4f5-6393")
      #expect(denied.value("response", "allowed") as? Bool == false)
      let run = try await client.call(.post, "/api/v1/simulation/run", #"{"change_request":\#(Self.change)}"#)
      #expect(run.status == 200)
      #expect(run.text("status") == "failed")
      #expect(run.text("error")?.contains("nobody answers") == true, "\(run.text)")
      #expect(run.value("predicted_impact") == nil)
    }
  }
}
