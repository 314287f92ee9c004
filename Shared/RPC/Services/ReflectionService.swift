import NIOCore
public import ProtobufCodec
public import RPCCore
public import TwinProto

/// Server reflection, from the descriptors that are checked in beside the generated code.
///
/// Source: https://github.com/grpc/grpc/blob/master/doc/server-reflection.md
public struct ReflectionIndex: Sendable {
  /// The services that the server really has.
  let services: [String]
  private let filesByName: [String: ProtoFile]
  private let fileBySymbol: [String: String]

  /// - Parameters:
  ///   - services: the full names of the services that are served.
  ///   - files: every file that they need.
  public init(services: [String], files: [ProtoFile]) {
    self.services = services.sorted()
    filesByName = Dictionary(files.map { ($0.name, $0) }) { first, _ in first }
    var symbols: [String: String] = [:]
    for file in files {
      for symbol in DescriptorSymbols(file: file.descriptor).names { symbols[symbol] = file.name }
    }
    fileBySymbol = symbols
  }

  /// The file and all that it imports, imports first behind it; nil for an unknown name.
  func file(named name: String) -> [[UInt8]]? {
    guard let file = filesByName[name] else { return nil }
    var seen: Set<String> = [name]
    var found = [file]
    var index = 0
    while index < found.count {
      for dependency in found[index].dependencies where seen.insert(dependency).inserted {
        if let file = filesByName[dependency] { found.append(file) }
      }
      index += 1
    }
    return found.map(\.descriptor)
  }

  /// The file that declares a service, method, message, enum, field or enum value; nil if none does.
  func file(containing symbol: String) -> [[UInt8]]? { fileBySymbol[symbol].flatMap { file(named: $0) } }
}

/// `grpc.reflection.v1.ServerReflection`
public struct ReflectionService: GRPCReflectionV1ServerReflectionHandler {
  private let index: ReflectionIndex

  public init(_ index: ReflectionIndex) { self.index = index }

  public func serverReflectionInfo(
    _ requests: RPCReader<GRPCReflectionV1ServerReflectionRequest>,
    _ responses: RPCWriter<GRPCReflectionV1ServerReflectionResponse>, _ call: ServerCall
  ) async throws {
    for try await request in requests { try await responses.write(response(to: request)) }
  }

  func response(to request: GRPCReflectionV1ServerReflectionRequest) -> GRPCReflectionV1ServerReflectionResponse {
    GRPCReflectionV1ServerReflectionResponse(
      validHost: request.host, originalRequest: request, messageResponse: answer(request))
  }

  private func answer(_ request: GRPCReflectionV1ServerReflectionRequest)
    -> GRPCReflectionV1ServerReflectionResponse.OneOfMessageResponse
  {
    func files(_ files: [[UInt8]]?, _ what: String)
      -> GRPCReflectionV1ServerReflectionResponse.OneOfMessageResponse
    {
      guard let files else { return missing("unknown \(what)") }
      return .fileDescriptorResponse(GRPCReflectionV1FileDescriptorResponse(fileDescriptorProto: files))
    }
    func missing(_ message: String) -> GRPCReflectionV1ServerReflectionResponse.OneOfMessageResponse {
      .errorResponse(
        GRPCReflectionV1ErrorResponse(errorCode: Int32(StatusCode.notFound.rawValue), errorMessage: message))
    }
    switch request.messageRequest {
    case .listServices?:
      return .listServicesResponse(
        GRPCReflectionV1ListServiceResponse(
          service: index.services.map { GRPCReflectionV1ServiceResponse(name: $0) }))
    case .fileByFilename(let name)?: return files(index.file(named: name), "file \(name)")
    case .fileContainingSymbol(let symbol)?: return files(index.file(containing: symbol), "symbol \(symbol)")
    case .fileContainingExtension(let request)?: return missing("\(request.containingType) has no extensions")
    case .allExtensionNumbersOfType(let type)?:
      guard index.file(containing: type) != nil else { return missing("unknown type \(type)") }
      return .allExtensionNumbersResponse(GRPCReflectionV1ExtensionNumberResponse(baseTypeName: type))
    case nil:
      return .errorResponse(
        GRPCReflectionV1ErrorResponse(
          errorCode: Int32(StatusCode.invalidArgument.rawValue), errorMessage: "the request asks for nothing"))
    }
  }
}

/// `grpc.reflection.v1alpha.ServerReflection`, which older clients ask for: the same messages under an older name, so
/// the answers are those of `v1`, carried over as bytes.
public struct ReflectionAlphaService: GRPCReflectionV1AlphaServerReflectionHandler {
  private let current: ReflectionService

  public init(_ index: ReflectionIndex) { current = ReflectionService(index) }

  public func serverReflectionInfo(
    _ requests: RPCReader<GRPCReflectionV1AlphaServerReflectionRequest>,
    _ responses: RPCWriter<GRPCReflectionV1AlphaServerReflectionResponse>, _ call: ServerCall
  ) async throws {
    for try await request in requests {
      let request: GRPCReflectionV1ServerReflectionRequest = try Self.carried(request)
      try await responses.write(try Self.carried(current.response(to: request)))
    }
  }

  private static func carried<From: RPCMessage, To: RPCMessage>(_ message: From) throws -> To {
    var buffer = ByteBuffer()
    try message.serialize(into: &buffer)
    return try To(serialized: buffer)
  }
}
