import FleetCore
import Testing

@Suite("Tokens of pages")
struct PageTokenTests {
  @Test("a name comes back, whatever it holds", arguments: ["", "a", "a|b", "|", "12|x|y", "ünï 🚀", "web"])
  func names(_ name: String) {
    let token = PageToken.text(list: "targets|eu|", after: name)
    #expect(PageToken.name(in: token, of: "targets|eu|") == name)
    for list in ["targets|eu", "targets|eu|host", "", "environments"] {
      #expect(PageToken.name(in: token, of: list) == nil)
    }
  }

  @Test("what isn't a token of a name isn't taken for one")
  func wrong() {
    let token = PageToken.text(list: "l", after: "web")
    let others = ["", "web", String(token.dropLast(4)), PageToken(list: "l", position: [1]).text, token + token]
    for text in others { #expect(PageToken.name(in: text, of: "l") == nil, "\(text)") }
    #expect(PageToken.position(in: token, of: "l", count: 1) == nil)
    #expect(PageToken.name(in: String(repeating: "A", count: PageToken.maximumLength + 1), of: "l") == nil)
  }
}

@Suite("Names of environments")
struct EnvironmentNamesTests {
  @Test("names have 1 to 63 characters of a to z, 0 to 9 and -")
  func names() {
    for name in ["a", "production-eu", "0-9", String(repeating: "x", count: 63)] {
      #expect(EnvironmentNames.isValid(name))
    }
    for name in ["", "A", "a_b", "ä", "a b", "a/b", String(repeating: "x", count: 64)] {
      #expect(!EnvironmentNames.isValid(name))
    }
  }

  @Test("what is older than 30 minutes, or never was, is stale")
  func staleness() {
    let now = UTCInstant(microseconds: 1_800_000_000_000_000)
    #expect(EnvironmentNames.isStale(nil, at: now))
    #expect(!EnvironmentNames.isStale(now.adding(seconds: -1_800), at: now))
    #expect(EnvironmentNames.isStale(now.adding(seconds: -1_800.001), at: now))
    #expect(!EnvironmentNames.isStale(now.adding(seconds: 5), at: now))
  }
}
