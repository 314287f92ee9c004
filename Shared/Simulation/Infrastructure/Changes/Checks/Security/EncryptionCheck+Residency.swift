import SimulationInput

extension EncryptionCheck {
  private static let places = [
    "region", "replicate_to", "destination_region", "replication_region", "copy_to_region", "location",
  ]

  /// Personal data that leaves where it may be. Source: GDPR Article 3 (whose data it is decides, not what a policy is
  /// called) and chapter V (Articles 44 to 46).
  static func residency(_ s: Situation, _ report: inout ChangeReport) {
    for field in places {
      let listed = places(field, s)
      let regions = listed.flatMap(Self.regions)
      // A path of a web server is a location, too.
      guard !regions.isEmpty, !listed.contains(where: { $0.hasPrefix("/") }) else {
        report.understand(s.change.has(field) ? field : nil)
        continue
      }
      report.ran(self)
      report.understand(field)
      let outside = regions.filter { !isEuropean($0) }
      guard !outside.isEmpty else { continue }
      let place = outside.joined(separator: ", ")
      let regime = regime(s).lowercased()
      if regime.contains("gdpr") || isOfEuropeans(s) {
        report.add(
          issue(
            "COMPLIANCE", .violation, s, probability: 0.9, "personal data goes to \(place), outside of the Union",
            Calculation(
              equation: "every place within the EEA or adequate", inputs: ["places": Double(regions.count)],
              value: Double(outside.count), unit: "places outside", threshold: 0, source: "GDPR Articles 44 to 46"),
            field: field))
      } else if isPersonal(s), !s.state.has("regime"), !wasOutside(field, s) {
        report.unknown(
          ["regime"], self, "personal data goes to \(place), and whose law it is under is not known",
          worst: .violation, s, field: field, alsoCode: "COMPLIANCE")
      }
    }
  }

  private static func places(_ field: String, _ s: Situation) -> [String] {
    s.change.value([field]).flatMap { FactValue.texts($0) ?? FactValue.text($0).map { [$0] } } ?? []
  }

  /// Whether the regime is the Union's, and every place that a setting names is in it.
  static func staysInUnion(_ field: String, _ s: Situation) -> Bool {
    let regions = places(field, s).flatMap(regions)
    return regime(s).lowercased().contains("gdpr") && !regions.isEmpty && regions.allSatisfy(isEuropean)
  }

  /// "eu-west-1, us-east-1", "Frankfurt and Ohio": each place of a text, lower case.
  private static func regions(_ text: String) -> [String] {
    var text = text.lowercased()
    for word in [" and ", " und ", " plus ", "&", "+", "/", ";", "|"] { text = text.replacing(word, with: ",") }
    return text.split(separator: ",").flatMap { part -> [String] in
      // Names such as "us-east-1" are one word each; "west europe" is two.
      let words = part.split(separator: " ").map(String.init)
      return words.count > 1 && words.allSatisfy { $0.contains("-") } ? words : [words.joined(separator: " ")]
    }.filter { !$0.isEmpty }
  }

  private static func isEuropean(_ place: String) -> Bool {
    [
      "eu-", "europe", "eu_", "westeurope", "northeurope", "germany", "france", "ireland", "frankfurt", "paris",
      "dublin",
      "stockholm", "milan", "sweden", "italy", "spain", "poland", "netherlands", "amsterdam",
    ].contains { place.contains($0) } || place == "eu"
  }

  private static func wasOutside(_ field: String, _ s: Situation) -> Bool {
    guard let before = s.state.text("region", "location", "current_\(field)") else { return false }
    let regions = regions(before)
    return !regions.isEmpty && !regions.contains(where: isEuropean)
  }

  /// Whether what is said of the data speaks of persons.
  private static func isPersonal(_ s: Situation) -> Bool {
    guard let data = DataClass(s), data != .open else { return false }
    let text = s.state.texts("data", "data_class", "classification").joined(separator: " ").lowercased()
    guard !text.contains("no personal"), !text.contains("non-personal") else { return false }
    return [
      "personal", "pii", "customer", "patient", "health", "medical", "employee", "user", "member", "salary", "payroll",
      "address", "passport", "identity", "subscriber", "citizen", "student", "account",
    ].contains { text.contains($0) }
  }

  private static func isOfEuropeans(_ s: Situation) -> Bool {
    let words = Situation.words(s.state.texts("data").joined(separator: " "))
    return isPersonal(s)
      && !words.isDisjoint(with: ["eu", "eea", "european", "europeans", "german", "french", "italian", "spanish"])
  }
}
