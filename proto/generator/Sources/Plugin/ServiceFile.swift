import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// The handler protocols and clients of one .proto file.
struct ServiceFile {
  private let file: FileDescriptor
  private let options: Options
  private let names: Names
  private var out = CodePrinter(addNewlines: true)

  init(_ file: FileDescriptor, _ options: Options, _ names: Names) {
    self.file = file
    self.options = options
    self.names = names
  }

  mutating func content() -> String {
    out.print("public import RPCCore")
    for service in file.services {
      printDescriptors(service)
      printHandler(service)
      printClient(service)
    }
    return options.banner(from: file.name) + out.content
  }

  private enum Kind: String {
    case unary, clientStreaming, serverStreaming, bidirectional
  }

  private func kind(_ method: SwiftProtobufPluginLibrary.MethodDescriptor) -> Kind {
    switch (method.clientStreaming, method.serverStreaming) {
    case (false, false): .unary
    case (true, false): .clientStreaming
    case (false, true): .serverStreaming
    case (true, true): .bidirectional
    }
  }

  private mutating func printDescriptors(_ service: ServiceDescriptor) {
    let name = names.service(service)
    out.print("", "/// The methods of `\(service.fullName)`.", "public enum \(name)Methods {")
    out.indent()
    for method in service.methods {
      let level = method.options.idempotencyLevel
      let isIdempotent = level == .idempotent || level == .noSideEffects
      out.print(
        "public static let \(names.method(method)) = MethodDescriptor(",
        "  service: \"\(service.fullName)\", method: \"\(method.name)\", kind: .\(kind(method).rawValue),"
          + " isIdempotent: \(isIdempotent))")
    }
    out.outdent()
    out.print("}")
  }

  private mutating func printHandler(_ service: ServiceDescriptor) {
    let name = names.service(service)
    out.print("")
    out.print(comment: service.protoSourceComments())
    out.print("public protocol \(name)Handler: RPCService {")
    out.indent()
    for (index, method) in service.methods.enumerated() {
      if index > 0 { out.print("") }
      let request = names.type(method.inputType)
      let response = names.type(method.outputType)
      out.print(comment: method.protoSourceComments())
      let (parameters, result) =
        switch kind(method) {
        case .unary: ("_ request: \(request)", " -> \(response)")
        case .clientStreaming: ("_ requests: RPCReader<\(request)>", " -> \(response)")
        case .serverStreaming: ("_ request: \(request), _ responses: RPCWriter<\(response)>", "")
        case .bidirectional: ("_ requests: RPCReader<\(request)>, _ responses: RPCWriter<\(response)>", "")
        }
      out.print("func \(names.method(method))(\(parameters), _ call: ServerCall) async throws\(result)")
    }
    out.outdent()
    out.print("}", "", "extension \(name)Handler {", "  public var methods: [RPCMethod] {", "    [")
    for method in service.methods {
      let arguments =
        switch kind(method) {
        case .unary: "request, call"
        case .clientStreaming: "requests, call"
        case .serverStreaming: "request, responses, call"
        case .bidirectional: "requests, responses, call"
        }
      out.print(
        "      .\(kind(method).rawValue)(\(name)Methods.\(names.method(method))) { \(arguments) in",
        "        try await self.\(names.method(method))(\(arguments))", "      },")
    }
    out.print("    ]", "  }", "}")
  }

  private mutating func printClient(_ service: ServiceDescriptor) {
    let name = names.service(service)
    out.print("")
    out.print(comment: service.protoSourceComments())
    out.print(
      "public struct \(name)Client: Sendable {", "  public let channel: any RPCChannel", "",
      "  public init(_ channel: any RPCChannel) { self.channel = channel }")
    out.indent()
    for method in service.methods {
      let request = names.type(method.inputType)
      let response = names.type(method.outputType)
      let swiftName = names.method(method)
      let descriptor = "\(name)Methods.\(swiftName)"
      out.print("")
      out.print(comment: method.protoSourceComments())
      switch kind(method) {
      case .unary:
        out.print(
          "public func \(swiftName)(_ request: \(request), options: CallOptions = CallOptions()) async throws",
          "  -> \(response)", "{", "  try await channel.unary(\(descriptor), request, options: options)", "}")
      case .clientStreaming:
        out.print(
          "public func \(swiftName)(",
          "  options: CallOptions = CallOptions(), _ body: @Sendable (ClientRequests<\(request)>) async throws -> Void",
          ") async throws -> \(response) {",
          "  try await channel.clientStreaming(\(descriptor), options: options, body)", "}")
      case .serverStreaming:
        out.print(
          "public func \(swiftName)<Result: Sendable>(",
          "  _ request: \(request), options: CallOptions = CallOptions(),",
          "  _ body: @Sendable (ClientResponses<\(response)>) async throws -> Result", ") async throws -> Result {",
          "  try await channel.serverStreaming(\(descriptor), request, options: options, body)", "}")
      case .bidirectional:
        out.print(
          "public func \(swiftName)<Result: Sendable>(", "  options: CallOptions = CallOptions(),",
          "  _ body: @Sendable (ClientRequests<\(request)>, ClientResponses<\(response)>) async throws -> Result",
          ") async throws -> Result {",
          "  try await channel.bidirectional(\(descriptor), options: options, body)", "}")
      }
    }
    out.outdent()
    out.print("}")
  }
}
