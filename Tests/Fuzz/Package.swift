// swift-tools-version: 6.2
import PackageDescription

// libFuzzer targets. run.sh builds them, since their flags are not ones for the suite.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

func fuzzer(_ name: String, _ path: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .executableTarget(
    name: name, dependencies: ["CLibFuzzer"] + dependencies, path: path, exclude: exclude, swiftSettings: strict)
}

func suite(_ product: String) -> Target.Dependency { .product(name: product, package: "digital-twin") }
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")

let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(name: "digital-twin", path: "../.."),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
  ],
  targets: [
    .target(name: "CLibFuzzer", path: "CLibFuzzer"),
    fuzzer("fuzz-http2", "HTTP2", [suite("RPCHTTP2"), nioCore], exclude: ["Corpus"]),
    fuzzer(
      "fuzz-server", "Server",
      [
        suite("RPCCore"), suite("RPCTransport"), nioCore, .product(name: "NIOEmbedded", package: "swift-nio"),
      ], exclude: ["Corpus"]),
    fuzzer("fuzz-codec", "Codec", [suite("TwinProto"), suite("TestProto"), suite("RPCCore"), nioCore]),
  ]
)
