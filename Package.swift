// swift-tools-version: 6.2
import PackageDescription

// Every hand-written target is built in Swift 6 mode with explicit imports, and a warning is an error.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

func library(_ name: String, _ path: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil)
  -> Target
{ .target(name: name, dependencies: dependencies, path: path, resources: resources, swiftSettings: strict) }

func tests(
  _ name: String, _ path: String, _ dependencies: [Target.Dependency], exclude: [String] = [],
  resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, path: path, exclude: exclude, resources: resources, swiftSettings: strict)
}

func tool(_ name: String, _ path: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, path: path, swiftSettings: strict)
}

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

// MARK: C libraries
let cLibraries: [Target] = [
  .systemLibrary(
    name: "CNghttp2", path: "Shared/C/CNghttp2", pkgConfig: "libnghttp2", providers: [.apt(["libnghttp2-dev"])]),
  .systemLibrary(
    name: "CProtobufC", path: "Shared/C/CProtobufC", pkgConfig: "libprotobuf-c",
    providers: [.apt(["libprotobuf-c-dev"])]),
  .systemLibrary(name: "CLibPQ", path: "Shared/C/CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
  .systemLibrary(name: "CZlib", path: "Shared/C/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
]

// MARK: Messages (proto/, Shared/Generated, Shared/Protobuf)
// `make generate` writes Shared/Generated. TestProto holds test tools: the interoperability suite's messages and fixtures.
let messageDependencies: [Target.Dependency] = ["CProtobufC", "ProtobufCodec", "RPCCore", nioCore]
let messages: [Target] = [
  library("ProtobufCodec", "Shared/Protobuf/Codec", ["CProtobufC", nioCore]),
  .target(name: "CTwinProto", dependencies: ["CProtobufC"], path: "Shared/Generated/CTwinProto"),
  library("TwinProto", "Shared/Generated/TwinProto", messageDependencies + ["CTwinProto"]),
  library("TwinConversions", "Shared/Protobuf/Conversions", ["TwinProto", "SimulationInput"]),
  library(
    "ChangeConversions", "Shared/Protobuf/ChangeConversions",
    ["TwinProto", "TwinConversions", "SimulationInput", "SimulationInfrastructure"]),
  tests(
    "ChangeConversionTests", "Tests/Unit/ChangeConversions",
    ["ChangeConversions", "SimulationInfrastructure", "SimulationInput", "TwinProto"]),
  .target(name: "CTestProto", dependencies: ["CProtobufC"], path: "Shared/Generated/Testing/CTestProto"),
  library("TestProto", "Shared/Generated/Testing/TestProto", messageDependencies + ["CTestProto"]),
  tests(
    "ProtobufCodecTests", "Tests/Unit/Codec", messageDependencies + ["TwinProto", "TestProto"],
    resources: [.copy("Corpus")]),
  library("ProtoJSON", "Shared/Protobuf/JSON"),
  tests("ProtoJSONTests", "Tests/Unit/ProtoJSON", ["ProtoJSON", "TwinProto"], resources: [.copy("Fixtures")]),
]

// MARK: RPC runtime (Shared/RPC)
let rpc: [Target] = [
  library("RPCCore", "Shared/RPC/Core", [nioCore]),
  library("RPCHTTP2", "Shared/RPC/HTTP2", ["CNghttp2", nioCore]),
  library("RPCCompression", "Shared/RPC/Compression", ["CZlib", nioCore]),
  library("RPCInProcess", "Shared/RPC/InProcess", ["RPCCore", nioCore]),
  library("RPCResolver", "Shared/RPC/Resolver", [nioCore, nioPosix]),
  library(
    "RPCTransport", "Shared/RPC/Transport",
    ["RPCCore", "RPCResolver", "RPCHTTP2", "RPCCompression", nioCore, nioPosix, nioTLS, nioSSL]),
  library("RPCErrors", "Shared/RPC/Errors", ["RPCCore", "TwinProto", nioCore]),
  library("RPCServices", "Shared/RPC/Services", ["RPCCore", "TwinProto", "ProtobufCodec", nioCore]),
]

// MARK: PostgreSQL (Shared/Postgres)
let postgres: [Target] = [
  // Readiness of sockets, which Swift's Glibc module leaves out.
  .systemLibrary(name: "CEpoll", path: "Shared/C/CEpoll"),
  library("PostgresDriver", "Shared/Postgres/Driver", ["CLibPQ", "CEpoll"]),
  library("PostgresPool", "Shared/Postgres/Pool", ["PostgresDriver"]),
  library("PostgresGroupCommit", "Shared/Postgres/GroupCommit", ["PostgresDriver", "PostgresPool"]),
  library("PostgresMigrations", "Shared/Postgres/Migrations", ["PostgresDriver"]),
  library("PostgresTesting", "Shared/Testing/PostgresTesting", ["PostgresDriver"]),
  tool(
    "postgres-benchmark", "Tests/Benchmarks/Postgres",
    ["PostgresDriver", "PostgresPool", "PostgresGroupCommit", "PostgresMigrations", "PostgresTesting"]),
  tests(
    "PostgresContractTests", "Tests/Contract/Postgres",
    ["PostgresDriver", "PostgresPool", "PostgresGroupCommit", "PostgresMigrations", "PostgresTesting", "Waiting"]),
  // Models of databases against a real server.
  library(
    "BufferCacheTrial", "Tests/Benchmarks/Accuracy/BufferCache/Trial",
    ["SimulationDatabases", "SimulationKernel", "PostgresTesting", "PostgresDriver", "Waiting"]),
  tool(
    "buffer-cache-accuracy", "Tests/Benchmarks/Accuracy/BufferCache/Main",
    ["BufferCacheTrial", "SimulationDatabases", "PostgresTesting"]),
  tests(
    "DatabaseModelServerTests", "Tests/Contract/DatabaseModels",
    [
      "BufferCacheTrial", "SimulationDatabases", "PostgresTesting", "PostgresDriver", "StateSyncService",
      "TwinEngineService", "FleetCore", "SimulationInput", "TwinProto",
    ]),
]

// MARK: Runtime of a service (Shared/Runtime)
let metrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let runtime: [Target] = [
  library("RuntimeSystem", "Shared/Runtime/System"),
  library(
    "RuntimeConfiguration", "Shared/Runtime/Configuration",
    [
      "RuntimeSystem", .product(name: "Configuration", package: "swift-configuration"),
      .product(name: "Yams", package: "Yams"), .product(name: "SystemPackage", package: "swift-system"),
    ]),
  library("RuntimeTelemetry", "Shared/Runtime/Telemetry", ["RuntimeSystem", logging, metrics]),
  library(
    "RuntimeInterceptors", "Shared/Runtime/Interceptors",
    ["RuntimeSystem", "RuntimeTelemetry", "RPCCore", logging, nioCore]),
  library(
    "ServiceRuntime", "Shared/Runtime/Service",
    [
      "RuntimeSystem", "RuntimeConfiguration", "RuntimeTelemetry", "RuntimeInterceptors", "RPCCore", "RPCHTTP2",
      "RPCTransport", "RPCErrors", "RPCResolver",
      "RPCServices", "PostgresDriver", "PostgresMigrations", "PostgresPool", "TwinProto", logging, metrics, lifecycle,
      unixSignals, nioCore, nioPosix,
      .product(name: "NIOHTTP1", package: "swift-nio"),
    ]),
  library(
    "RuntimeTesting", "Shared/Testing/RuntimeTesting",
    [
      "RuntimeSystem", "RuntimeConfiguration", "RuntimeTelemetry", "ServiceRuntime", logging, lifecycle, unixSignals,
      nioCore, nioPosix, .product(name: "NIOHTTP1", package: "swift-nio"),
    ]),
  tests(
    "RuntimeTests", "Tests/Unit/Runtime",
    [
      "RuntimeSystem", "RuntimeConfiguration", "RuntimeTelemetry", "RuntimeInterceptors", "RuntimeTesting",
      "ServiceRuntime", "RPCCore", "RPCTesting", "Waiting",
      "RPCInProcess", "RPCTransport", "TwinProto", logging, metrics, lifecycle, unixSignals, nioCore, nioPosix,
      .product(name: "NIOHTTP1", package: "swift-nio"),
      .product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle"),
    ]),
  tests(
    "RuntimeContractTests", "Tests/Contract/Runtime",
    [
      "RuntimeConfiguration", "RuntimeTesting", "ServiceRuntime", "RPCCore", "RPCTransport", "PostgresDriver",
      "PostgresMigrations", "PostgresPool", "PostgresTesting", "TwinProto", "Waiting", nioPosix,
    ]),
]

// MARK: Simulation (Shared/Simulation)
let simulation: [Target] = [
  library("SimulationKernel", "Shared/Simulation/Kernel"),
  library("SimulationInput", "Shared/Simulation/Input"),
  library("SimulationVehicles", "Shared/Simulation/Vehicles", ["SimulationKernel", "SimulationInput"]),
  library("SimulationSensors", "Shared/Simulation/Sensors", ["SimulationKernel"]),
  library("SimulationBehaviour", "Shared/Simulation/Behaviour", ["SimulationKernel", "SimulationInput"]),
  library("SimulationRisk", "Shared/Simulation/Risk"),
  library(
    "SimulationScenarios", "Shared/Simulation/Scenarios",
    [
      "SimulationKernel", "SimulationInput", "SimulationVehicles", "SimulationSensors", "SimulationBehaviour",
      "SimulationRisk",
    ]),
  library("SimulationEstimation", "Shared/Simulation/Estimation"),
  .target(
    name: "SimulationRecordings", path: "Shared/Simulation/Recordings", exclude: ["Cycles/README.md"],
    resources: [
      .embedInCode("Cycles/udds.csv"), .embedInCode("Cycles/hwfet.csv"), .embedInCode("Cycles/us06.csv"),
    ], swiftSettings: strict),
  library(
    "SimulationCalibration", "Shared/Simulation/Calibration",
    ["SimulationKernel", "SimulationInput", "SimulationVehicles", "SimulationBehaviour", "SimulationRecordings"]),
  library(
    "SimulationValidation", "Shared/Simulation/Validation",
    ["SimulationEstimation"]),
  tests(
    "ValidationTests", "Tests/Unit/SimulationValidation",
    ["SimulationValidation", "SimulationEstimation"]),
  tests(
    "SimulationTests", "Tests/Unit/Simulation",
    [
      "SimulationKernel", "SimulationInput", "SimulationVehicles", "SimulationSensors", "SimulationBehaviour",
      "SimulationRisk", "SimulationScenarios", "SimulationRecordings", "SimulationCalibration",
    ], exclude: ["Estimation"]),
  tests(
    "EstimationTests", "Tests/Unit/Simulation/Estimation",
    ["SimulationEstimation", "SimulationKernel", "VehicleJudgement"]),
  tool(
    "SimulationBenchmark", "Tests/Benchmarks/Simulation",
    [
      "SimulationKernel", "SimulationInput", "SimulationVehicles", "SimulationScenarios", "SimulationEstimation",
      "SimulationRecordings",
    ]),
]

// MARK: Infrastructure models (Shared/Simulation/Infrastructure)
let infrastructure: [Target] = [
  library("SimulationQueueing", "Shared/Simulation/Infrastructure/Queueing", ["SimulationKernel"]),
  library("SimulationFirewall", "Shared/Simulation/Infrastructure/Firewall"),
  library("SimulationSeries", "Shared/Simulation/Infrastructure/Series", ["SimulationKernel"]),
  .target(
    name: "SimulationDatabases", dependencies: ["SimulationKernel"],
    path: "Shared/Simulation/Infrastructure/Databases", exclude: ["Settings/Data/README.md"],
    resources: [
      .embedInCode("Settings/Data/postgres_parameters.tsv"),
      .embedInCode("Settings/Data/postgres_parameter_versions.tsv"),
    ], swiftSettings: strict),
  .target(
    name: "SimulationPricing", path: "Shared/Simulation/Infrastructure/Pricing", exclude: ["Prices/README.md"],
    resources: [
      .embedInCode("Prices/aws_ec2_us-east-1_ondemand.csv"), .embedInCode("Prices/opencost_aws.json"),
      .embedInCode("Prices/opencost_azure.json"), .embedInCode("Prices/opencost_gcp.json"),
      .embedInCode("Prices/opencost_default.json"),
    ], swiftSettings: strict),
  library(
    "SimulationInfrastructure", "Shared/Simulation/Infrastructure/Changes",
    [
      "SimulationKernel", "SimulationInput", "SimulationQueueing", "SimulationFirewall", "SimulationSeries",
      "SimulationDatabases", "SimulationPricing",
    ]),
  tests("QueueingTests", "Tests/Unit/Queueing", ["SimulationQueueing", "SimulationKernel"]),
  tool(
    "queueing-benchmark", "Tests/Benchmarks/Infrastructure/Queueing", ["SimulationQueueing", "SimulationKernel"]),
  library("FirewallTesting", "Shared/Testing/FirewallTesting", ["SimulationFirewall", "SimulationKernel"]),
  tests(
    "FirewallTests", "Tests/Unit/Firewall", ["SimulationFirewall", "FirewallTesting", "SimulationKernel"],
    resources: [.copy("Fixtures")]),
  tool("firewall-benchmark", "Tests/Benchmarks/Firewall", ["SimulationFirewall", "FirewallTesting"]),
  tests("SeriesTests", "Tests/Unit/Series", ["SimulationSeries", "SimulationKernel"]),
  library("AccuracyReport", "Tests/Benchmarks/Accuracy/Report"),
  tool(
    "series-accuracy", "Tests/Benchmarks/Accuracy/Series", ["AccuracyReport", "SimulationSeries", "SimulationKernel"]),
  tool(
    "performance-accuracy", "Tests/Benchmarks/Accuracy/Performance",
    ["AccuracyReport", "SimulationQueueing", "SimulationSeries", "SimulationKernel"]),
  tool(
    "failure-accuracy", "Tests/Benchmarks/Accuracy/Failures",
    ["AccuracyReport", "SimulationInfrastructure", "SimulationInput", "SimulationQueueing", "SimulationKernel"]),
  tool(
    "change-accuracy", "Tests/Benchmarks/Accuracy/LabelledChanges",
    ["AccuracyReport", "SimulationInfrastructure", "SimulationInput"]),
  tool(
    "hours-benchmark", "Tests/Benchmarks/Infrastructure/Hours", ["SimulationInfrastructure", "SimulationInput"]),
  library(
    "VehicleJudgement", "Tests/Benchmarks/Accuracy/Vehicles/Judgement", ["AccuracyReport", "SimulationEstimation"]),
  tool(
    "vehicle-accuracy", "Tests/Benchmarks/Accuracy/Vehicles/Main",
    ["AccuracyReport", "VehicleJudgement", "SimulationEstimation"]),
  tool("estimation-benchmark", "Tests/Benchmarks/Estimation", ["SimulationEstimation"]),
  tool("cost-accuracy", "Tests/Benchmarks/Accuracy/Cost", ["AccuracyReport", "SimulationPricing"]),
  tool(
    "calibration-accuracy", "Tests/Benchmarks/Accuracy/Calibration",
    ["AccuracyReport", "SimulationCalibration", "SimulationBehaviour", "SimulationVehicles"]),
  tests("DatabaseTests", "Tests/Unit/Databases", ["SimulationDatabases", "SimulationPricing", "SimulationKernel"]),
  tests(
    "InfrastructureTests", "Tests/Unit/Infrastructure",
    ["SimulationFirewall", "SimulationInfrastructure", "SimulationInput"],
    resources: [.copy("Cases")]),
]

// MARK: Services
let serviceDependencies: [Target.Dependency] = [
  "RPCCore", "RPCErrors", "TwinProto", "TwinConversions", "PostgresDriver", "PostgresPool", "PostgresMigrations",
  "ServiceRuntime", nioCore, nioPosix, logging,
]
let services: [Target] = [
  library(
    "EdgeService", "Services/Edge/Service",
    [
      "RPCCore", "RPCErrors", "TwinProto", "ProtoJSON", "ServiceRuntime", "RuntimeConfiguration", "RuntimeTelemetry",
      nioCore, nioSSL, logging, .product(name: "NIOHTTP1", package: "swift-nio"),
      .product(name: "NIOWebSocket", package: "swift-nio"),
      .product(name: "Hummingbird", package: "hummingbird"),
      .product(name: "HummingbirdCore", package: "hummingbird"),
      .product(name: "HummingbirdTLS", package: "hummingbird"),
      .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
      .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
      .product(name: "HTTPTypes", package: "swift-http-types"),
    ]),
  tool("edge", "Services/Edge/Main", ["EdgeService", "ServiceRuntime"]),
  library(
    "ResultsService", "Services/Results/Service", serviceDependencies + ["FleetCore"],
    resources: [.embedInCode("Migrations/0001_results.sql"), .embedInCode("Migrations/0002_audit.sql")]),
  tool("results", "Services/Results/Main", ["ResultsService", "ServiceRuntime"]),
  library(
    "PredictionService", "Services/Prediction/Service",
    serviceDependencies + [
      "SimulationInput", "SimulationQueueing", "SimulationSeries", "SimulationFirewall", "SimulationDatabases",
      "SimulationPricing", "SimulationInfrastructure", "ChangeConversions", "FleetCore", "RuntimeConfiguration",
    ], resources: [.embedInCode("Migrations/0001_prediction.sql"), .embedInCode("Migrations/0002_forecasts.sql")]),
  tool("prediction", "Services/Prediction/Main", ["PredictionService", "ServiceRuntime"]),
  tests(
    "PredictionModelTests", "Tests/Unit/Prediction",
    ["PredictionService", "RPCCore", "RPCErrors", "SimulationInput", "TwinProto"]),
  library(
    "ScenarioRunnerService", "Services/ScenarioRunner/Service",
    serviceDependencies + [
      "SimulationKernel", "SimulationInput", "SimulationVehicles", "SimulationBehaviour", "SimulationScenarios",
      "SimulationInfrastructure", "ChangeConversions", "RuntimeConfiguration", "FleetCore", lifecycle,
    ],
    resources: [.embedInCode("Migrations/0001_scenarios.sql"), .embedInCode("Migrations/0002_changes.sql")]),
  tool("scenario-runner", "Services/ScenarioRunner/Main", ["ScenarioRunnerService", "ServiceRuntime"]),
  tests(
    "ResultsTests", "Tests/Contract/Results",
    [
      "ResultsService", "FleetCore", "TwinProto", "RPCCore", "RPCErrors", "RPCInProcess", "PostgresDriver",
      "PostgresMigrations", "PostgresPool", "PostgresTesting",
    ]),
  tests(
    "PredictionTests", "Tests/Contract/Prediction",
    [
      "PredictionService", "ChangeConversions", "TwinConversions", "SimulationInfrastructure", "SimulationInput",
      "FleetCore", "TwinProto", "RPCCore", "RPCErrors", "RPCInProcess", "PostgresMigrations", "PostgresPool",
      "PostgresTesting", "Waiting",
      logging,
    ]),
  tests(
    "EdgeTests", "Tests/Contract/Edge",
    [
      "EdgeService", "ScenarioRunnerService", "PredictionService", "ResultsService", "SimulationInfrastructure",
      "SimulationInput", "FleetCore", "ServiceRuntime", "TwinProto", "RPCCore", "RPCErrors", "RPCInProcess", nioCore,
      nioPosix, nioSSL, logging, lifecycle, "RuntimeTelemetry", "SimulationScenarios", "Waiting",
      .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "NIOWebSocket", package: "swift-nio"),
      .product(name: "Hummingbird", package: "hummingbird"),
      .product(name: "HummingbirdTesting", package: "hummingbird"),
      .product(name: "AsyncHTTPClient", package: "async-http-client"),
      .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "HTTPTypes", package: "swift-http-types"),
    ]),
  tests(
    "ScenarioRunnerTests", "Tests/Contract/ScenarioRunner",
    [
      "ScenarioRunnerService", "FleetCore", "TwinProto", "RPCCore", "RPCErrors", "RPCInProcess", "PostgresDriver",
      "PostgresMigrations", "PostgresPool", "PostgresTesting", "SimulationInput", "SimulationScenarios",
      "SimulationVehicles", "SimulationInfrastructure", "Waiting",
      nioPosix, logging,
    ]),
]

// MARK: Fleet services (Services/StateSync, Services/TwinEngine)
let fleetDependencies: [Target.Dependency] =
  serviceDependencies + [
    "FleetCore", "RuntimeConfiguration", "RuntimeTelemetry", lifecycle,
  ]
let fleet: [Target] = [
  library(
    "FleetCore", "Shared/Fleet",
    ["TwinProto", "RPCCore", "RPCErrors", "RuntimeTelemetry", "ServiceRuntime", lifecycle, logging]),
  tests("FleetTests", "Tests/Unit/Fleet", ["FleetCore", "RuntimeSystem", "TwinProto"]),
  library(
    "TwinEngineService", "Services/TwinEngine/Service",
    fleetDependencies + [
      "SimulationInput", "SimulationVehicles", "SimulationBehaviour", "SimulationEstimation", "SimulationCalibration",
      "SimulationValidation", "SimulationQueueing", "SimulationDatabases",
    ],
    resources: [
      .embedInCode("Migrations/0001_twins.sql"), .embedInCode("Migrations/0002_environments.sql"),
      .embedInCode("Migrations/0003_calibrations.sql"), .embedInCode("Migrations/0004_conditions.sql"),
      .embedInCode("Migrations/0005_state_versions.sql"),
    ]),
  tool("twin-engine", "Services/TwinEngine/Main", ["TwinEngineService", "ServiceRuntime"]),
  tests(
    "TwinEngineTests", "Tests/Unit/TwinEngine",
    [
      "TwinEngineService", "FleetCore", "TwinProto", "RPCCore", "RPCErrors", "RPCInProcess", "SimulationBehaviour",
      "SimulationCalibration", "SimulationEstimation", "Waiting",
    ]),
  library(
    "StateSyncService", "Services/StateSync/Service",
    fleetDependencies + [
      "PostgresGroupCommit", "SimulationInput", "SimulationRecordings", "ProtoJSON", "RPCCompression", "RuntimeSystem",
      nioSSL,
      .product(name: "AsyncHTTPClient", package: "async-http-client"), .product(name: "Yams", package: "Yams"),
      .product(name: "NIOHTTP1", package: "swift-nio"),
    ],
    resources: [
      .embedInCode("Migrations/0001_telemetry.sql"), .embedInCode("Migrations/0002_environments.sql"),
      .embedInCode("Migrations/0003_partitioned_logs.sql"), .embedInCode("Migrations/0004_observations.sql"),
      .embedInCode("Migrations/0005_uploads.sql"),
      .embedInCode("Connectors/Prometheus/Mappings/node_exporter.yaml"),
      .embedInCode("Connectors/Prometheus/Mappings/postgres_exporter.yaml"),
      .embedInCode("Connectors/Prometheus/Mappings/nginx.yaml"),
      .embedInCode("Connectors/Prometheus/Mappings/kube_state_metrics.yaml"),
    ]),
  tool("state-sync", "Services/StateSync/Main", ["StateSyncService", "ServiceRuntime"]),
  tests(
    "StateSyncTests", "Tests/Unit/StateSync",
    [
      "StateSyncService", "TwinEngineService", "FleetCore", "TwinProto", "RPCCore", "RPCCompression", "RPCErrors",
      "RPCInProcess", "ProtoJSON", "RuntimeTelemetry", "SimulationInput", "Waiting", logging, nioCore,
      nioPosix, nioSSL,
      .product(name: "NIOHTTP1", package: "swift-nio"),
    ], resources: [.copy("Environments/Recorded")]),
  tests(
    "StateSyncContractTests", "Tests/Contract/StateSync",
    [
      "StateSyncService", "FleetCore", "TwinProto", "RPCCore", "RPCErrors", "RPCInProcess", "RPCTransport",
      "PostgresDriver", "PostgresMigrations",
      "PostgresPool", "PostgresTesting", "RuntimeSystem", "SimulationInput", "Waiting", logging, nioPosix,
    ]),
  tests(
    "TwinEngineContractTests", "Tests/Contract/TwinEngine",
    [
      "TwinEngineService", "FleetCore", "SimulationInput", "SimulationCalibration", "TwinProto", "PostgresMigrations",
      "PostgresPool", "PostgresTesting",
    ]),
]

// MARK: Command line (Services/TwinCTL)
let commandLine: [Target] = [
  library(
    "TwinCTLDomain", "Services/TwinCTL/Domain",
    ["SimulationInput", "SimulationRecordings", .product(name: "Histogram", package: "hdrhistogram-swift")]),
  library(
    "TwinCTLCommands", "Services/TwinCTL/Commands",
    [
      "TwinCTLDomain", "RPCCore", "RPCTransport", "RPCErrors", "TwinProto", "TwinConversions", "ProtoJSON",
      "ProtobufCodec", "SimulationInput", "SimulationRecordings", nioCore, nioPosix, argumentParser,
    ]),
  tool("twinctl", "Services/TwinCTL/Main", ["TwinCTLCommands"]),
  tests(
    "TwinCTLTests", "Tests/Unit/TwinCTL",
    [
      "TwinCTLDomain", "TwinCTLCommands", "RPCCore", "RPCErrors", "RPCInProcess", "RPCTransport", "TwinProto",
      "SimulationInput",
      "SimulationRecordings", argumentParser, nioCore,
    ]),
]

// MARK: Tests of the RPC runtime, interoperability and hostile input
let rpcTests: [Target] = [
  library(
    "InteropSuite", "Tests/Interop/Suite/Library", ["RPCCore", "RPCTransport", "TestProto", nioCore]),
  tool(
    "interop-server", "Tests/Interop/Suite/Server",
    ["InteropSuite", "RPCTransport", nioPosix, .product(name: "UnixSignals", package: "swift-service-lifecycle")]),
  tool("interop-client", "Tests/Interop/Suite/Client", ["InteropSuite", nioPosix]),
  // The two programs are run by the checks, so they are built with them.
  tests(
    "InteropTests", "Tests/Interop/Checks",
    [
      "InteropSuite", "interop-server", "interop-client", "RPCCore", "RPCErrors", "RPCServices", "RPCTransport",
      "TestProto", "TwinProto", nioCore, nioPosix,
    ]),
  tests(
    "RPCServicesTests", "Tests/Unit/RPCServices",
    ["RPCCore", "RPCErrors", "RPCInProcess", "RPCServices", "TwinProto", "ProtobufCodec", nioCore]),
  library(
    "RPCTesting", "Shared/Testing/RPCTesting", ["RPCCore", "RPCHTTP2", "RPCResolver", nioCore, nioPosix]),
  tests(
    "RPCHostileTests", "Tests/Hostile",
    ["RPCTesting", "RPCCore", "RPCHTTP2", "RPCTransport", nioCore, nioPosix]),
  tests(
    "RPCTests", "Tests/Unit/RPC",
    [
      "RPCTesting", "RPCCore", "RPCHTTP2", "RPCCompression", "RPCResolver", "RPCTransport", nioCore, nioPosix,
      .product(name: "NIOEmbedded", package: "swift-nio"),
    ]),
]

// MARK: Benchmarks
let benchmarks: [Target] = [
  tool(
    "rpc-benchmark", "Tests/Benchmarks/RPC",
    [
      "RPCCore", "RPCTransport", "RuntimeInterceptors", "RuntimeTelemetry", logging, nioCore, nioPosix, argumentParser,
    ]),
  tool(
    "fleet-benchmark", "Tests/Benchmarks/Fleet",
    [
      "FleetCore", "PostgresDriver", "RPCCore", "RPCTransport", "RuntimeSystem", "PostgresTesting", "SystemTesting",
      "TwinCTLDomain",
      "TwinProto", "Waiting", nioPosix, argumentParser,
    ]),
]

// MARK: Test support and system tests
let systemTests: [Target] = [
  library("Waiting", "Shared/Testing/Waiting"),
  library("SystemTesting", "Shared/Testing/SystemTesting", ["PostgresTesting", "PostgresDriver", "Waiting"]),
  tests(
    "SystemTests", "Tests/System",
    [
      "SystemTesting", "PostgresTesting", "PostgresDriver", "RPCCore", "RPCTransport", "SimulationBehaviour",
      "TwinProto", "Waiting", nioCore, nioPosix,
    ], exclude: ["Python"]),
]

let everything =
  cLibraries + messages + rpc + postgres + runtime + simulation + infrastructure + services + fleet + commandLine
  + rpcTests
  + benchmarks + systemTests

// TWIN_TARGETS=core leaves what runs under a sanitizer (deploy/dev/asan.sh): the RPC runtime and the codec, with their
// unit tests.
let coreNames: Set = [
  "CNghttp2", "CZlib", "CProtobufC", "RPCCore", "RPCHTTP2", "RPCCompression", "RPCResolver", "RPCTransport",
  "RPCTesting", "RPCTests", "RPCHostileTests", "ProtobufCodec", "CTwinProto", "TwinProto", "CTestProto", "TestProto",
  "ProtobufCodecTests",
]
// TWIN_TARGETS=models leaves the models, which need no other package: a build of seconds.
let modelNames = Set((simulation + infrastructure).map(\.name))
let targets =
  switch Context.environment["TWIN_TARGETS"] {
  case "core": everything.filter { coreNames.contains($0.name) }
  case "models": everything.filter { modelNames.contains($0.name) }
  default: everything
  }

let isModels = Context.environment["TWIN_TARGETS"] == "models"

let packages: [Package.Dependency] = [
  .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
  .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
  .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
  .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
  .package(
    url: "https://github.com/apple/swift-configuration.git", from: "1.4.0",
    traits: ["YAML", "CommandLineArguments"]),
  .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
  .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
  .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
  .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
  .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift.git", from: "0.2.0"),
  .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
  .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
  .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
]

// For the packages of their own under Tests. The suite itself is its executables.
let products: [Product] = [
  .library(name: "TwinProto", targets: ["TwinProto"]), .library(name: "TestProto", targets: ["TestProto"]),
  .library(name: "RPCCore", targets: ["RPCCore"]), .library(name: "RPCHTTP2", targets: ["RPCHTTP2"]),
  .library(name: "RPCTransport", targets: ["RPCTransport"]),
]

let package = Package(
  name: "digital-twin",
  platforms: [.macOS(.v26)],
  products: isModels ? [] : products,
  dependencies: isModels ? [] : packages,
  targets: targets
)
