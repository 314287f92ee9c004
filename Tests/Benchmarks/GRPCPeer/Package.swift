// swift-tools-version: 6.2
import PackageDescription

// The peer of the RPC benchmarks: grpc-swift-2 with the same calls. A package of its own, so that the suite doesn't build it.
let package = Package(
  name: "grpc-peer",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(url: "https://github.com/grpc/grpc-swift-2.git", from: "2.4.3"),
    .package(url: "https://github.com/grpc/grpc-swift-nio-transport.git", from: "2.9.2"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.86.0"),
  ],
  targets: [
    .executableTarget(
      name: "grpc-peer",
      dependencies: [
        .product(name: "GRPCCore", package: "grpc-swift-2"),
        .product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Sources", swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
