import RPCCore
import RPCErrors
import Testing
import TwinProto

@testable import PredictionService

@Suite("The models that can be asked")
struct ModelListTests {
  @Test("are listed by name, page by page")
  func list() async throws {
    let stage = PredictionStage()
    let all = try await stage.predictions.listModels(ListModelsRequest())
    #expect(all.models.map(\.name) == BareModels.all.map(\.name))
    #expect(all.nextPageToken.isEmpty)
    let mva = try #require(all.models.first { $0.name == "mva" })
    #expect(mva.inputs == ["stations", "think_time_s", "population"])
    #expect(mva.outputs.first == "throughput_per_s")
    #expect(mva.regimes.count == 1 && !mva.source.isEmpty && mva.version == "1")

    var request = ListModelsRequest(pageSize: 4)
    var names: [String] = []
    repeat {
      let page = try await stage.predictions.listModels(request)
      #expect(page.models.count <= 4)
      names += page.models.map(\.name)
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    #expect(names == all.models.map(\.name))
    #expect(
      await fault { _ = try await stage.predictions.listModels(ListModelsRequest(pageToken: "x")) }?.code
        == .invalidArgument)
  }

  @Test("answer over RPC with what tells how to check them")
  func answer() async throws {
    let stage = PredictionStage()
    func number(_ value: Double) -> ProtoValue { ProtoValue(kind: .numberValue(value)) }
    let inputs = ProtoStruct(fields: [
      "instance_type": ProtoValue(kind: .stringValue("m5.large")), "instances": number(10), "hours": number(730),
    ])
    let answer = try await stage.predictions.predictPerformance(
      PredictPerformanceRequest(model: "cost", inputs: inputs))
    #expect(answer.outputs?.fields["cost_usd"] == number(700.80))
    #expect(!answer.equation.isEmpty && !answer.source.isEmpty && !answer.assumptions.isEmpty)
    #expect(answer.confidence == 0 && !answer.calibrated)
    let wrong = await fault {
      _ = try await stage.predictions.predictPerformance(PredictPerformanceRequest(model: "crystal_ball"))
    }
    #expect(wrong?.reason == "MODEL_NOT_FOUND")
    #expect(wrong?.violations.map(\.field) == ["model"])
    let both = await fault {
      _ = try await stage.predictions.predictPerformance(
        PredictPerformanceRequest(model: "mmc", target: "db", loadFactor: 2))
    }
    #expect(both?.violations.map(\.field) == ["target", "load_factor"])
    let neither = await fault {
      _ = try await stage.predictions.predictPerformance(PredictPerformanceRequest())
    }
    #expect(neither?.violations.map(\.field) == ["model"])
  }
}
