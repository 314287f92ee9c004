import Foundation
import SystemTesting
import Testing

/// `twinctl scenario` as people and CI gates use it.
extension SystemTests {
  @Suite(.serialized) struct ScenarioCommandTests {
    private static func scenario(_ arguments: String...) async throws -> Child.Outcome {
      let suite = try await SystemTests.shared.processes()
      var servers = ["--runner", suite.address("scenario-runner")]
      if arguments.first == "run" { servers += ["--results", suite.address("results")] }
      return try await Child.run(Programs.file("twinctl"), ["scenario"] + arguments + servers)
    }

    @Test func passIs0() async throws {
      let outcome = try await Self.scenario("run", "emergency_braking", "--set", "initial_speed=40", "--seed", "7")
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.output.hasPrefix("PASS  emergency_braking  seed 7"))
      #expect(outcome.output.contains("criteria"))
    }

    @Test func failIs1() async throws {
      let outcome = try await Self.scenario(
        "run", "emergency_braking", "--set", "initial_speed=60", "--set", "aeb_enabled=false")
      #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.output.hasPrefix("FAIL  emergency_braking"))
      #expect(outcome.output.contains("FAIL collision_avoided"))
    }

    @Test func theSameSeedGivesTheSameStates() async throws {
      let hashes = try await [Self.hash(seed: "3"), Self.hash(seed: "3"), Self.hash(seed: "4")]
      #expect(hashes[0] == hashes[1])
      #expect(hashes[0] != hashes[2])
    }

    private static func hash(seed: String) async throws -> String {
      let outcome = try await scenario("run", "emergency_braking", "--seed", seed, "--output", "json")
      let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
      return try #require(document?["state_hash"] as? String)
    }

    @Test func errorsAre2AndNameTheField() async throws {
      let wrong = try await Self.scenario("run", "emergency_braking", "--set", "initial_speed=fast")
      #expect(wrong.status == 2)
      #expect(wrong.errors.contains("INVALID_ARGUMENT"))
      #expect(wrong.errors.contains("initial_speed"))
      let unknown = try await Self.scenario("run", "no_such_type")
      #expect(unknown.status == 2)
      #expect(unknown.errors.contains("  type: must be one of"))
    }

    @Test func wrongArgumentsAre64() async throws {
      let outcome = try await Child.run(Programs.file("twinctl"), ["scenario", "run", "x", "--set", "novalue"])
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("novalue"))
    }

    @Test func typesAreListed() async throws {
      let outcome = try await Self.scenario("types")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("emergency_braking"))
      #expect(outcome.output.contains("initial_speed"))
    }
  }
}
