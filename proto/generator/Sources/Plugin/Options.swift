import SwiftProtobufPluginLibrary

/// What `--twin_opt` says.
struct Options {
  enum Output: String {
    /// The Swift module: messages, services, descriptors.
    case swift
    /// The umbrella header and the module map of the C module.
    case c
  }

  var output = Output.swift
  /// The Swift module that is generated.
  var module = ""
  /// The C module with the structures.
  var cModule = ""
  /// Swift type name prefixes of protobuf packages. A package that isn't listed has none.
  var prefixes: [String: String] = [:]

  init(_ parameter: any CodeGeneratorParameter) throws {
    for (key, value) in parameter.parsedPairs {
      switch key {
      case "output":
        guard let output = Output(rawValue: value) else { throw Failure("output is swift or c, not \(value)") }
        self.output = output
      case "module": module = value
      case "c_module": cModule = value
      case "prefix":
        let parts = value.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw Failure("prefix is PACKAGE:PREFIX, not \(value)") }
        prefixes[String(parts[0])] = String(parts[1])
      default: throw Failure("unknown option \(key)")
      }
    }
    guard !module.isEmpty, !cModule.isEmpty else { throw Failure("module and c_module are required") }
  }
}

/// The reason why nothing is generated.
struct Failure: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}
