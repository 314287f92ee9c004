import Foundation
import Logging
import RPCTesting
import RuntimeConfiguration
import Synchronization
import Testing

@testable import ServiceRuntime

@Suite("Addresses of a service's replicas")
struct ServiceAddressesTests {
  private static func addresses(_ resolver: SourceResolver) -> ServiceAddresses {
    ServiceAddresses(
      name: "twin-engine", resolver, interval: .seconds(1), logger: Logger(label: "t") { _ in SwiftLogNoOpLogHandler() }
    )
  }

  @Test("a name stands for all its addresses; changes are told, and what was found stays while a look-up fails")
  func names() async throws {
    let names = ListResolver(ports: [50053, 50052])
    let addresses = Self.addresses(
      SourceResolver(source: .listed([NetworkAddress(host: "twin-engine", port: 50052)]), names: names))
    let told = Mutex<[[String]]>([])
    addresses.observe { found in told.withLock { $0.append(found) } }
    #expect(await addresses.lookUp() == ["127.0.0.1:50052", "127.0.0.1:50053"])
    #expect(await addresses.lookUp().count == 2)
    names.fail("away")
    #expect(await addresses.lookUp().count == 2)
    names.set(ports: [])
    #expect(await addresses.lookUp().count == 2)
    names.set(ports: [50053])
    #expect(await addresses.lookUp() == ["127.0.0.1:50053"])
    #expect(told.withLock(\.self) == [["127.0.0.1:50052", "127.0.0.1:50053"], ["127.0.0.1:50053"]])
  }

  @Test("a file is read again each time; one that is no list of addresses changes nothing")
  func files() async throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("addresses-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let addresses = Self.addresses(SourceResolver(source: .file(file.path)))
    #expect(await addresses.lookUp() == [])
    try "# replicas\n127.0.0.2:1, 127.0.0.1:2\n\n[::1]:3 # the third\n".write(
      to: file, atomically: true, encoding: .utf8)
    #expect(await addresses.lookUp() == ["127.0.0.1:2", "127.0.0.2:1", "[::1]:3"])
    try "127.0.0.1".write(to: file, atomically: true, encoding: .utf8)
    #expect(await addresses.lookUp().count == 3)
    try "127.0.0.1:2".write(to: file, atomically: true, encoding: .utf8)
    #expect(await addresses.lookUp() == ["127.0.0.1:2"])
  }
}
