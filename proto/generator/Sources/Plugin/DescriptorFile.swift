import Foundation
import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// The descriptors themselves, for server reflection.
struct DescriptorFile {
  private let options: Options
  private let files: [FileDescriptor]
  private let names: Names

  init(_ options: Options, _ files: [FileDescriptor], _ names: Names) {
    self.options = options
    self.files = files
    self.names = names
  }

  func content() throws -> String {
    let name = options.module.hasSuffix("Proto") ? String(options.module.dropLast("Proto".count)) : options.module
    var out = CodePrinter(addNewlines: true)
    out.print(
      "public import ProtobufCodec", "public import RPCCore", "", "/// The .proto files of this module.",
      "public enum \(name)Descriptors {",
      "  /// Every file, after those that it imports.", "  public static let files: [ProtoFile] = [")
    let ordered = inImportOrder()
    for file in ordered { out.print("    \(constant(file)),") }
    out.print(
      "  ]", "", "  /// All files as a `google.protobuf.FileDescriptorSet`.",
      "  public static var fileDescriptorSet: [UInt8] { ProtoFile.fileDescriptorSet(files) }", "",
      "  /// Every message.", "  public static let messageTypes: [any RPCMessage.Type] = [")
    func all(_ message: Descriptor) -> [Descriptor] { [message] + message.messages.flatMap(all) }
    for message in ordered.flatMap(\.messages).flatMap(all) where !message.options.mapEntry {
      out.print("    \(names.type(message)).self,")
    }
    out.print("  ]")
    for file in ordered {
      out.print("", "  private static let \(constant(file)) = ProtoFile(", "    name: \"\(file.name)\",")
      print("dependencies", file.dependencies.map(\.name), to: &out)
      print("services", file.services.map(\.fullName), to: &out)
      print("types", types(of: file), to: &out)
      out.print("    base64: \"\"\"")
      let text = Data(try file.extractProto().serializedBytes() as [UInt8]).base64EncodedString()
      var rest = Substring(text)
      while !rest.isEmpty {
        let line = rest.prefix(100)
        rest = rest.dropFirst(100)
        out.print("      \(line)\(rest.isEmpty ? "" : "\\")")
      }
      out.print("      \"\"\")")
    }
    out.print("}")
    return options.banner(from: "all .proto files of \(options.module)") + out.content
  }

  private func print(_ label: String, _ values: [String], to out: inout CodePrinter) {
    if values.isEmpty { return out.print("    \(label): [],") }
    out.print("    \(label): [")
    for value in values { out.print("      \"\(value)\",") }
    out.print("    ],")
  }

  private func constant(_ file: FileDescriptor) -> String {
    let path = file.name.dropLast(".proto".count).replacingOccurrences(of: "/", with: "_")
    return NamingUtils.toLowerCamelCase(path)
  }

  private func types(of file: FileDescriptor) -> [String] {
    func all(_ message: Descriptor) -> [String] {
      [message.fullName] + message.enums.map(\.fullName) + message.messages.flatMap(all)
    }
    return file.enums.map(\.fullName) + file.messages.flatMap(all)
  }

  private func inImportOrder() -> [FileDescriptor] {
    var ordered: [FileDescriptor] = []
    func add(_ file: FileDescriptor) {
      guard !ordered.contains(where: { $0.name == file.name }) else { return }
      for dependency in file.dependencies { add(dependency) }
      ordered.append(file)
    }
    for file in files { add(file) }
    return ordered
  }
}
