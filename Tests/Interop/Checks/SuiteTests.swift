import InteropSuite
import Testing

extension Interop {
  /// The cases of the gRPC project's interoperability suite, each implementation against each.
  @Suite struct Suite {
    private static func withOurServer(_ body: (String) async throws -> Void) async throws {
      try await ChildProcess.run(try Programs.built("interop-server"), ["--port=0", "--host=127.0.0.1"]) { server in
        try await body(try await server.line(after: "listening on 127.0.0.1:"))
      }
    }

    private static func runOurClient(_ port: String, _ arguments: [String]) async throws -> (Int32, String) {
      let shared = ["--server_host=127.0.0.1", "--server_port=\(port)", "--use_tls=false"]
      return try await ChildProcess.run(try Programs.built("interop-client"), shared + arguments) { client in
        (try await client.exitCode(), client.transcript)
      }
    }

    @Test(arguments: InteropCase.allCases)
    func ourClientOnOurServer(_ one: InteropCase) async throws {
      try await Self.withOurServer { port in
        let (code, said) = try await Self.runOurClient(port, ["--test_case=\(one.rawValue)"])
        #expect(code == 0, "\(said)")
        #expect(said.hasSuffix("PASS \(one.rawValue)"))
      }
    }

    /// Python can't see whether a request came compressed, so its server can't answer the probes.
    private static let pythonServes = InteropCase.allCases.filter {
      $0 != .clientCompressedUnary && $0 != .clientCompressedStreaming
    }

    @Test(arguments: pythonServes)
    func ourClientOnPythonServer(_ one: InteropCase) async throws {
      try await Programs.withPython("server", []) { server in
        let (code, said) = try await Self.runOurClient(
          try await server.line(after: "listening "), ["--test_case=\(one.rawValue)"])
        #expect(code == 0, "\(said)")
      }
    }

    @Test func pythonClientOnOurServer() async throws {
      try await Self.withOurServer { port in
        try await Programs.runPython("suite_client", ["--server_port=\(port)", "--test_case=all"])
      }
    }

    @Test func pythonClientOnPythonServer() async throws {
      // The harness itself: what fails here is not our runtime's fault.
      try await Programs.withPython("server", []) { server in
        let port = try await server.line(after: "listening ")
        let cases = Self.pythonServes.map(\.rawValue).filter { !$0.hasSuffix("noprobe") && $0 != "channel_soak" }
        try await Programs.runPython(
          "suite_client", ["--server_port=\(port)", "--test_case=\(cases.joined(separator: ","))"])
      }
    }

    @Test func soakIsTunedByFlags() async throws {
      try await Self.withOurServer { port in
        let (code, said) = try await Self.runOurClient(
          port,
          [
            "--test_case", "rpc_soak,channel_soak", "--soak_iterations", "40", "--soak_num_threads=4",
            "--soak_request_size=1000", "--soak_response_size=2000", "--soak_min_time_ms_between_rpcs=1",
            "--soak_per_iteration_max_acceptable_latency_ms=20000", "--soak_overall_timeout_seconds=80",
            "--additional_metadata=x-one:1;x-two:2",
          ])
        #expect(code == 0, "\(said)")
        #expect(said.contains("40 of 40 iterations, 0 failures"))
      }
    }

    @Test func tlsIsTurnedOnByFlags() async throws {
      try await Certificate.withSelfSigned { made in
        let server = [
          "--port=0", "--host=127.0.0.1", "--use_tls=true", "--tls_cert_file=\(made.certificate)",
          "--tls_key_file=\(made.key)",
        ]
        try await ChildProcess.run(try Programs.built("interop-server"), server) { server in
          let port = try await server.line(after: "listening on 127.0.0.1:")
          let trusting = [
            "--server_host=127.0.0.1", "--server_port=\(port)", "--use_tls=true", "--ca_file=\(made.certificate)",
            "--test_case=empty_unary,large_unary,ping_pong,custom_metadata,channel_soak",
          ]
          for (override, wanted) in [("localhost", Int32(0)), ("other.example", 1)] {
            let arguments = trusting + ["--server_host_override=\(override)"]
            try await ChildProcess.run(try Programs.built("interop-client"), arguments) { client in
              let code = try await client.exitCode()
              #expect(code == wanted, "\(override): \(client.transcript)")
            }
          }
        }
      }
    }

    @Test func failuresAreReported() async throws {
      try await Self.withOurServer { port in
        // Nothing can be done within 1 ms of 64 MiB each way, so every iteration is too slow.
        let slow = [
          "--test_case=rpc_soak", "--soak_iterations=2", "--soak_per_iteration_max_acceptable_latency_ms=1",
          "--soak_overall_timeout_seconds=60", "--soak_response_size=4000000",
        ]
        let (code, said) = try await Self.runOurClient(port, slow)
        #expect(code == 1, "\(said)")
        #expect(said.contains("FAIL rpc_soak"))
        let (forgiven, _) = try await Self.runOurClient(port, slow + ["--soak_max_failures=2"])
        #expect(forgiven == 0)
        let (unknown, reason) = try await Self.runOurClient(port, ["--test_case=no_such_case"])
        #expect(unknown == 2)
        #expect(reason.contains("unknown test case no_such_case"))
      }
    }

    @Test func flagsAreReadInEveryForm() throws {
      let named: Set = ["server_host", "soak_iterations"]
      for arguments in [
        ["--server_host=a.b", "--use_tls=true", "--soak_iterations=3"],
        ["--server_host", "a.b", "--use_tls", "true", "--soak_iterations", "3"],
        ["-server_host=a.b", "-soak_iterations=3", "-use_tls"],
        ["--use_tls", "--server_host=a.b", "--soak_iterations=3"],
      ] {
        let flags = try SuiteFlags(arguments, named: named, booleans: ["use_tls"])
        #expect(flags["server_host"] == "a.b")
        #expect(try flags.boolean("use_tls"))
        #expect(try flags.integer("soak_iterations", in: 1...9, default: 1) == 3)
      }
      #expect(throws: FlagError.self) { try SuiteFlags(["--no_such=1"], named: named, booleans: []) }
      #expect(throws: FlagError.self) { try SuiteFlags(["word"], named: named, booleans: []) }
      #expect(throws: FlagError.self) { try SuiteFlags(["--server_host"], named: named, booleans: []) }
      let flags = try SuiteFlags(["--soak_iterations=10"], named: named, booleans: [])
      #expect(throws: FlagError.self) { try flags.integer("soak_iterations", in: 1...9, default: 1) }
      #expect(try !flags.boolean("use_tls"))
    }
  }
}
