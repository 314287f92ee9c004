// swift-tools-version: 6.2
import PackageDescription

// Benchmarks beside other implementations. A package of its own, so that building the suite builds none of them.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let swiftProtobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")

let package = Package(
  name: "peers",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(name: "digital-twin", path: "../../.."),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-protobuf.git", from: "1.39.0"),
  ],
  targets: [
    // The same contracts by protoc-gen-swift; generate.sh writes them.
    .target(name: "SwiftProtobufMessages", dependencies: [swiftProtobuf], path: "SwiftProtobufMessages"),
    .executableTarget(
      name: "codec-benchmark",
      dependencies: [
        "SwiftProtobufMessages", swiftProtobuf, .product(name: "TwinProto", package: "digital-twin"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      path: "Codec", swiftSettings: strict),
  ]
)
