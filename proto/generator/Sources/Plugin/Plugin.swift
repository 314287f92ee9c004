import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// The protoc plugin. `proto/generate.sh` runs it.
@main
struct Plugin: CodeGenerator {
  var supportedFeatures: [Google_Protobuf_Compiler_CodeGeneratorResponse.Feature] { [.proto3Optional] }
  var supportedEditionRange: ClosedRange<Google_Protobuf_Edition> { .proto3 ... .proto3 }
  var customOptionExtensions: [any AnyMessageExtension] { [] }
  var version: String? { nil }
  var projectURL: String? { nil }
  var copyrightLine: String? { nil }

  static func main() { Plugin().main(nil) }

  func generate(
    files: [FileDescriptor], parameter: any CodeGeneratorParameter, protoCompilerContext: any ProtoCompilerContext,
    generatorOutputs outputs: any GeneratorOutputs
  ) throws {
    let options = try Options(parameter)
    // The order on protoc's command line is not to matter.
    let files = files.sorted { $0.name < $1.name }
    let known = Set(files.map(\.name))
    for file in files {
      guard file.edition == .proto3 else { throw Failure("\(file.name): only proto3 is supported") }
      for dependency in file.dependencies where !known.contains(dependency.name) {
        throw Failure("\(file.name) imports \(dependency.name), which isn't generated into the same module")
      }
    }

    if options.output == .c {
      try outputs.add(fileName: "\(options.cModule).h", contents: CModule(options, files).header())
      try outputs.add(fileName: "module.modulemap", contents: CModule(options, files).moduleMap())
      return
    }
    let names = Names(options)
    try names.check(files)
    let graph = TypeGraph(files)
    for file in files {
      let stem = file.name.dropLast(".proto".count).split(separator: "/").joined(separator: ".")
      if !file.messages.isEmpty || !file.enums.isEmpty {
        var emitter = MessageFile(file, options, names, graph)
        try outputs.add(fileName: "\(stem).messages.swift", contents: emitter.content())
      }
      if !file.services.isEmpty {
        var emitter = ServiceFile(file, options, names)
        try outputs.add(fileName: "\(stem).services.swift", contents: emitter.content())
      }
    }
    try outputs.add(fileName: "Descriptors.swift", contents: DescriptorFile(options, files, names).content())
  }
}

extension Options {
  /// The first lines of each generated file.
  func banner(from source: String, comment: String = "//") -> String {
    "\(comment) Generated from \(source) by proto/generator; `make generate` writes it anew.\n\n"
  }
}
