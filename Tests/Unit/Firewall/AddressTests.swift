import SimulationFirewall
import SimulationKernel
import Testing

@Suite struct AddressTests {
  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("::", "::"), ("::1", "::1"),
    ("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"),
    ("::ffff:192.0.2.128", "::ffff:c000:280"), ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"), ("fe80::", "fe80::"),
    ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
  ])
  func readsAllFormsAndWritesTheCanonicalOne(text: String, canonical: String) throws {
    let address = try #require(IPAddress(text))
    #expect(address.description == canonical)
    #expect(IPAddress(canonical) == address)
  }

  @Test(arguments: [
    "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "12345::",
    "1:2:3:4:5:6:7:8:9", "::1.2.3", "1:2:3:4:5:6:7::8:9", "fe80::1%eth0", "+1.2.3.4", ":1", "1:",
  ])
  func refusesWhatIsNoAddress(text: String) { #expect(IPAddress(text) == nil) }

  @Test func prefixesClearHostBits() throws {
    #expect(IPPrefix("10.1.2.3/8")?.description == "10.0.0.0/8")
    #expect(IPPrefix("10.0.0.0/255.255.0.0")?.prefixLength == 16)
    #expect(IPPrefix("10.0.0.0/255.0.255.0") == nil)
    #expect(IPPrefix("10.0.0.0/33") == nil)
    #expect(IPPrefix("2001:db8::1/32")?.description == "2001:db8::/32")
    #expect(IPPrefix("any")?.isAny == true)
    #expect(IPPrefix("::/0")?.isAny == true)
    #expect(IPPrefix("::/0")?.addressCount == 0x1p128)
    #expect(IPPrefix("10.0.0.0/24")?.addressCount == 256)
    #expect(IPPrefix("10.0.0.1")?.prefixLength == 32)
  }

  @Test func overlapIsContainmentOneWay() throws {
    let (wide, narrow) = (try #require(IPPrefix("10.0.0.0/8")), try #require(IPPrefix("10.5.0.0/16")))
    #expect(wide.overlaps(narrow) && narrow.overlaps(wide) && wide.contains(narrow) && !narrow.contains(wide))
    #expect(!wide.overlaps(try #require(IPPrefix("::/0"))))
  }

  @Test func aggregationIsExactAndSmallest() throws {
    let parts = ["10.0.0.0/25", "10.0.0.128/25", "10.0.1.0/24", "10.0.3.0/24"].compactMap { IPPrefix($0) }
    #expect(IPPrefix.aggregate(parts).map(\.description) == ["10.0.0.0/23", "10.0.3.0/24"])
    let range = try #require(IPRange("10.0.0.1-10.0.0.6"))
    #expect(range.prefixes.map(\.description) == ["10.0.0.1/32", "10.0.0.2/31", "10.0.0.4/31", "10.0.0.6/32"])
    #expect(IPRange("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")?.prefixes.map(\.description) == ["::/0"])
  }

  @Test func setsBehaveAsSets() throws {
    var random = RandomStream(seed: 2)
    func set() -> AddressSet {
      AddressSet(
        ranges: (0..<6).compactMap { _ in
          let (a, b) = (UInt128(random.next() % 64), UInt128(random.next() % 64))
          return IPRange(IPAddress(.four, min(a, b)), IPAddress(.four, max(a, b)))
        })
    }
    for _ in 0..<200 {
      let (a, b) = (set(), set())
      for value in 0..<70 {
        let address = IPAddress(.four, UInt128(value))
        let (inA, inB) = (a.contains(address), b.contains(address))
        #expect(a.union(b).contains(address) == (inA || inB))
        #expect(a.intersection(b).contains(address) == (inA && inB))
        #expect(a.subtracting(b).contains(address) == (inA && !inB))
        #expect(AddressSet(a.prefixes) == a)
      }
    }
  }

  @Test(arguments: [
    ("10.0.0.0/8", true, false), ("100.64.0.0/10", true, false), ("8.8.8.0/24", false, true),
    ("0.0.0.0/0", false, false),
    ("172.16.0.0/11", false, false), ("fc00::/7", true, false), ("2a00::/16", false, true), ("fe80::/64", true, false),
    ("169.254.169.254/32", true, false), ("::1/128", true, false), ("2001:db8::/32", true, false),
  ])
  func knowsWhatIsPublic(text: String, isPrivate: Bool, isPublic: Bool) throws {
    let prefix = try #require(IPPrefix(text))
    #expect(prefix.isPrivate == isPrivate)
    #expect(prefix.isPubliclyRoutable == isPublic)
  }
}
