import SimulationFirewall

/// One end of a flow as the state's texts name it: "10.8.3.0/24 app subnet", "payments api:443", "internet clients on 443".
struct FlowEnd: Sendable {
  let text: String
  let address: IPPrefix?
  let port: UInt16?
  /// The name before a port, or a host name.
  let host: String?
  let words: Set<String>

  /// Whether its words say that it is outside of the operator's networks.
  var isPublic: Bool {
    !words.isDisjoint(with: ["internet", "public", "customers", "shoppers", "visitors", "world", "browsers"])
  }

  init(_ text: String) {
    self.text = text
    words = Situation.words(text)
    var address: IPPrefix?
    var port: UInt16?
    var host: String?
    let parts = text.split(whereSeparator: { " ,;()".contains($0) }).map(String.init)
    for (index, part) in parts.enumerated() {
      if address == nil, part.contains(where: { $0.isNumber }), part.contains(".") || part.contains("::") {
        address = IPPrefix(part)
        if address == nil, let colon = part.lastIndex(of: ":") { address = IPPrefix(String(part[..<colon])) }
      }
      if let colon = part.lastIndex(of: ":"), let number = UInt16(part[part.index(after: colon)...]), number > 0 {
        if IPPrefix(part) == nil {
          port = port ?? number
          host = host ?? part[..<colon].lowercased()
        }
      } else if host == nil, part.contains("."), part.contains(where: \.isLetter), IPPrefix(part) == nil {
        host = part.lowercased()
      }
      if port == nil, index > 0, ["port", "on", "ports"].contains(parts[index - 1].lowercased()) {
        port = UInt16(part)
      }
    }
    self.address = address
    self.port = port
    self.host = host
  }
}
