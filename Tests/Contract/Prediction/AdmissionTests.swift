import RPCCore
import RPCErrors
import SimulationInput
import Testing
import TwinConversions
import TwinProto

@testable import PredictionService

@Suite("Kubernetes admission")
struct AdmissionTests {
  private static func deployment(
    replicas: InputValue = 3, image: InputValue = "shop:1", memory: InputValue = "512Mi", probe: Bool = true,
    strategy: InputValue = .null
  ) -> InputValue {
    var container: [InputValue.Member] = [
      .init("name", "shop"), .init("image", image),
      .init("resources", ["limits": ["cpu": "500m", "memory": memory]]),
    ]
    if probe { container.append(.init("readinessProbe", ["httpGet": ["path": "/"]])) }
    return [
      "metadata": ["name": "shop", "namespace": "store"],
      "spec": [
        "replicas": replicas, "strategy": strategy,
        "template": ["spec": ["containers": .array([.object(container)])]],
      ],
    ]
  }

  private func review(
    _ new: InputValue, _ old: InputValue = .null, kind: InputValue = "Deployment", operation: InputValue = "UPDATE",
    dryRun: Bool = false
  ) -> ReviewAdmissionRequest {
    ReviewAdmissionRequest(
      review: ProtoStruct([
        .init("apiVersion", "admission.k8s.io/v1"), .init("kind", "AdmissionReview"),
        .init(
          "request",
          [
            "uid": "705ab4f5", "kind": ["group": "apps", "version": "v1", "kind": kind], "namespace": "store",
            "name": "shop", "operation": operation, "userInfo": ["username": "ann"], "dryRun": .bool(dryRun),
            "object": new, "oldObject": old,
          ]),
      ]))
  }

  private func answer(_ stage: PredictionStage, _ request: ReviewAdmissionRequest) async throws -> InputValue {
    let answer = InputValue(try #require(try await stage.arbiter.reviewAdmission(request).review))
    #expect(answer["apiVersion"] == "admission.k8s.io/v1")
    #expect(answer["kind"] == "AdmissionReview")
    #expect(answer.at("response", "uid") == "705ab4f5")
    return answer["response"] ?? .null
  }

  private func proposed(_ request: ReviewAdmissionRequest) throws -> [(ChangeType, InputValue)] {
    let changes = try #require(AdmissionChanges(try AdmissionReview(request.review)))
    return changes.changes.map { ($0.type, $0.change) }
  }

  @Test("a score from 50 denies with the issues in the message, a lower one allows")
  func verdicts() async throws {
    let risky = PredictionStage(score: 61)
    risky.changes.set { $0.outcome?.issues = [Issue(code: "SATURATION", message: "rho 1.2 of 1")] }
    let denied = try await answer(risky, review(Self.deployment(replicas: 1), Self.deployment()))
    #expect(denied["allowed"] == false)
    #expect(denied.at("status", "code") == 403)
    let message = denied.at("status").text("message")
    #expect(message.contains("SATURATION: rho 1.2 of 1"), "\(message)")
    #expect(message.contains("risk score 61"), "\(message)")
    #expect(message.contains("approval-000001"), "\(message)")
    let safe = try await answer(PredictionStage(score: 49), review(Self.deployment(replicas: 5), Self.deployment()))
    #expect(safe["allowed"] == true)
  }

  @Test("what a person has agreed to is allowed, that change and no other, for as long as the approval holds")
  func approved() async throws {
    let stage = PredictionStage(score: 61)
    let request = review(Self.deployment(replicas: 1), Self.deployment())
    _ = try await answer(stage, request)
    _ = try await stage.approvals.approveChange(ApproveChangeRequest(id: "approval-000001", decidedBy: "ann"))
    #expect(try await answer(stage, request)["allowed"] == true)
    let other = review(Self.deployment(replicas: 2), Self.deployment())
    #expect(try await answer(stage, other)["allowed"] == false)
    stage.clock.advance(seconds: 3_600)
    #expect(try await answer(stage, request)["allowed"] == false)
  }

  @Test("the target is the full name where the twin knows it, else the name")
  func targets() async throws {
    let stage = PredictionStage(score: 10)
    let request = review(Self.deployment(replicas: 1), Self.deployment())
    stage.changes.set { $0.targets = ["shop"] }
    _ = try await answer(stage, request)
    #expect(stage.changes.simulations.last?.changeRequest?.target == "shop")
    stage.changes.set { $0.targets = ["store/shop", "shop"] }
    _ = try await answer(stage, request)
    #expect(stage.changes.simulations.last?.changeRequest?.target == "store/shop")
    stage.changes.set { $0.targets = [] }
    _ = try await answer(stage, request)
    #expect(stage.changes.simulations.last?.changeRequest?.target == "store/shop")
  }

  @Test("what can't be judged is denied, or allowed with a warning, as configured", arguments: [false, true])
  func failures(failsOpen: Bool) async throws {
    let stage = PredictionStage(score: 10, failsOpen: failsOpen)
    let request = review(Self.deployment(replicas: 1), Self.deployment())
    let unknown = try await answer(stage, review(["spec": [:]], kind: "StatefulSet"))
    #expect(unknown["allowed"] == .bool(failsOpen))
    stage.changes.set { $0.failure = "ENVIRONMENT_NOT_FOUND: no" }
    let failed = try await answer(stage, request)
    #expect(failed["allowed"] == .bool(failsOpen))
    stage.changes.set { $0.fault = RPCError(.unavailable, "away") }
    let absent = try await answer(stage, request)
    #expect(absent["allowed"] == .bool(failsOpen))
    #expect((absent["warnings"] ?? .null).elements.isEmpty != failsOpen)
  }

  @Test("a dry run decides nothing")
  func dryRun() async throws {
    let stage = PredictionStage(score: 61)
    let denied = try await answer(stage, review(Self.deployment(replicas: 1), Self.deployment(), dryRun: true))
    #expect(denied["allowed"] == false)
    #expect(stage.audit.entries.isEmpty)
    #expect(try await stage.approvals.listApprovals(ListApprovalsRequest()).approvals.isEmpty)
  }

  @Test("what isn't a review is refused by its fields")
  func malformed() async throws {
    let stage = PredictionStage()
    let wrong = await fault {
      _ = try await stage.arbiter.reviewAdmission(
        ReviewAdmissionRequest(review: ProtoStruct([.init("kind", "Pod")])))
    }
    #expect(wrong?.violations.map(\.field) == ["review.apiVersion", "review.kind", "review.request.uid"])
  }

  @Test("an update that changes nothing of interest needs no simulation")
  func nothingToJudge() async throws {
    let stage = PredictionStage(score: 100)
    let same = try await answer(stage, review(Self.deployment(), Self.deployment()))
    #expect(same["allowed"] == true)
    #expect(stage.changes.simulations.isEmpty)
  }

  @Test("replicas and resources scale, a new template deploys")
  func deployments() throws {
    let scaled = try proposed(review(Self.deployment(replicas: 1), Self.deployment()))
    #expect(scaled.map(\.0) == [.scaling])
    #expect(scaled.first?.1 == ["instances": 1])
    let created = try proposed(review(Self.deployment(replicas: 2), operation: "CREATE"))
    #expect(created.map(\.0) == [.scaling])
    #expect(created.first?.1 == ["instances": 2, "cpu": 0.5, "memory_gb": 0.5])
    let released = try proposed(review(Self.deployment(image: "shop:2", probe: false), Self.deployment()))
    #expect(released.map(\.0) == [.deployment])
    #expect(
      released.first?.1 == [
        "strategy": "rolling", "image": "shop:2", "readiness_probe": false, "max_unavailable": 0.25,
        "max_surge": 0.25, "image_before": "shop:1",
      ])
    let both = try proposed(
      review(Self.deployment(memory: "1Gi", strategy: ["type": "Recreate"]), Self.deployment()))
    #expect(both.map(\.0) == [.scaling, .deployment])
    #expect(both.first?.1 == ["cpu": 0.5, "memory_gb": 1])
    #expect(both.last?.1["strategy"] == "recreate")
    let deleted = try proposed(review(.null, Self.deployment(), operation: "DELETE"))
    #expect(deleted.first?.1 == ["instances": 0])
  }

  @Test("autoscalers scale, network policies are changes of the network")
  func others() throws {
    func autoscaler(_ least: InputValue, _ percent: InputValue) -> InputValue {
      [
        "spec": [
          "minReplicas": least, "maxReplicas": 9, "scaleTargetRef": ["kind": "Deployment", "name": "checkout"],
          "metrics": [
            ["type": "Resource", "resource": ["name": "cpu", "target": ["averageUtilization": percent]]]
          ],
        ]
      ]
    }
    let scaled = try proposed(review(autoscaler(1, 95), autoscaler(3, 70), kind: "HorizontalPodAutoscaler"))
    #expect(scaled.first?.1 == ["min_instances": 1, "max_instances": 9, "hpa_target_cpu": 0.95])
    let changes = AdmissionChanges(
      try AdmissionReview(review(autoscaler(1, 95), kind: "HorizontalPodAutoscaler", operation: "CREATE").review))
    #expect(changes?.target == "checkout")
    let policy: InputValue = ["spec": ["podSelector": [:], "ingress": []]]
    let network = try proposed(review(policy, kind: "NetworkPolicy", operation: "CREATE"))
    #expect(network.map(\.0) == [.network])
    #expect(network.first?.1["network_policy"] == ["ingress": [], "podSelector": [:]])
  }

  @Test(
    "amounts are read as Kubernetes writes them",
    arguments: [
      ("500m", 0.5), ("2", 2), ("1.5", 1.5), ("128Mi", 134_217_728), ("1Gi", 1_073_741_824), ("1k", 1_000),
      ("3e2", 300),
    ] as [(String, Double)])
  func quantities(text: String, value: Double) {
    #expect(Quantity.value(.string(text)) == value)
    #expect(Quantity.value("many") == nil)
  }
}
