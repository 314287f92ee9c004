// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that building the suite builds neither this nor swift-protobuf.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "generator",
  platforms: [.macOS(.v26)],
  dependencies: [.package(url: "https://github.com/apple/swift-protobuf.git", from: "1.39.0")],
  targets: [
    .executableTarget(
      name: "protoc-gen-twin",
      dependencies: [
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        .product(name: "SwiftProtobufPluginLibrary", package: "swift-protobuf"),
      ],
      path: "Sources/Plugin", swiftSettings: strict),
    .executableTarget(
      name: "prepare-for-protobuf-c",
      dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
      path: "Sources/Prepare", swiftSettings: strict),
  ]
)
