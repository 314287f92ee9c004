import SwiftProtobufPluginLibrary

/// What the C module has besides protoc-gen-c's files: the header that includes all of theirs, and the module map.
struct CModule {
  private let options: Options
  private let files: [FileDescriptor]

  init(_ options: Options, _ files: [FileDescriptor]) {
    self.options = options
    self.files = files
  }

  func header() -> String {
    let guardName = options.cModule.uppercased() + "_H"
    var out = CodePrinter(addNewlines: true)
    out.print("#ifndef \(guardName)", "#define \(guardName)", "", "#include <protobuf-c/protobuf-c.h>")
    for file in files { out.print("#include \"\(file.name.dropLast(".proto".count)).pb-c.h\"") }
    out.print("", "// Swift can't take the address of a constant in C.")
    func all(_ message: Descriptor) -> [Descriptor] { [message] + message.messages.flatMap(all) }
    for message in files.flatMap(\.messages).flatMap(all) {
      out.print(
        "static inline const ProtobufCMessageDescriptor *\(Names.cDescriptorAddress(message))(void) {",
        "  return &\(Names.cDescriptor(message));", "}")
    }
    out.print("", "#endif")
    return options.banner(from: "all .proto files of \(options.module)") + out.content
  }

  func moduleMap() -> String {
    """
    module \(options.cModule) {
      umbrella header "\(options.cModule).h"
      export *
    }

    """
  }
}
