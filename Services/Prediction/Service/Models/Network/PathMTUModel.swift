import RPCErrors
import SimulationFirewall
import SimulationInput

/// Large packets on a path of tunnels as a bare model.
struct PathMTUModel: BareModel {
  private static let encapsulations: KeyValuePairs<String, PathMTU.Encapsulation> = [
    "pppoe": .pppoe, "ipip": .ipInIP, "6in4": .sixInFour, "gre": .gre, "vxlan": .vxlan, "vxlan6": .vxlanOverSix,
    "geneve": .geneve, "wireguard": .wireGuard, "wireguard6": .wireGuardOverSix, "esp_gcm": .espGCM,
    "esp_cbc": .espCBC,
  ]

  let name = "path_mtu"
  let meaning = "Whether large packets get through a path of links and tunnels, or vanish."
  let equation = "hop MTU = link MTU - overheads; path MTU = the least; segment = MTU - 40 (IPv4) or 60 (IPv6)"
  let source = "RFC 1191, RFC 8201, RFC 2923 section 2.1; overheads by the encapsulations' own RFCs"
  let regime = "MTUs from 68 (IPv4) or 1280 (IPv6) to 65535 bytes"
  let assumptions = [
    "overheads are the most that an encapsulation takes without options",
    "outcome: fits, discovered (after lost packets), fragmented, or black_hole",
    "segment_clamp_bytes counts for TCP, which forbids fragments",
  ]
  let inputs = [
    ModelInput("ip_version", .choice("4", "6"), usual: "4", "Of the packets inside."),
    ModelInput("interface_mtu_bytes", .integer(68...65_535), usual: 1_500, "MTU of the sender's interface."),
    ModelInput(
      "hops",
      .objects(
        [
          ModelInput("link_mtu_bytes", .integer(68...65_535), usual: 1_500, "MTU of the link."),
          ModelInput(
            "encapsulations", .values(.choice(encapsulations.map(\.key)), 0...8), usual: .array([]),
            "What is wrapped around packets on it: \(encapsulations.map(\.key).joined(separator: ", "))."),
          ModelInput(
            "reports_reach_sender", .flag, usual: true, "Whether nothing filters its \"too big\" reports (ICMP)."),
        ], 0...256), "The hops in their order."),
    ModelInput("forbids_fragments", .flag, usual: true, "Whether the sender forbids fragments, as TCP does."),
    ModelInput("segment_clamp_bytes", .integer(1...65_535), usual: .null, "TCP's segment size as clamped on the way."),
  ]
  let outputNames = ["path_mtu_bytes", "segment_bytes", "outcome", "outcome_bytes"]

  func evaluate(_ inputs: ModelInputs) throws -> [InputValue] {
    let version: IPVersion = inputs.text("ip_version") == "4" ? .four : .six
    let hops = inputs.objects("hops").map { hop in
      let wrapped = hop.texts("encapsulations")
        .compactMap { name in Self.encapsulations.first { $0.key == name }?.value }
      return PathMTU.Hop(
        linkMTU: hop.integer("link_mtu_bytes"), encapsulations: wrapped,
        reportsReachSender: hop.flag("reports_reach_sender"))
    }
    let interface = inputs.integer("interface_mtu_bytes")
    let path: PathMTU
    do {
      path = try PathMTU(version, interfaceMTU: interface, hops: hops)
    } catch {
      guard case .outOfRange(let mtu) = error else { throw error }
      let least = version == .four ? 68 : 1_280
      let index = interface == mtu ? nil : hops.firstIndex { $0.mtu == mtu }
      throw ServiceFault.invalid(
        index.map { "inputs.hops[\($0)]" } ?? "inputs.interface_mtu_bytes",
        "leaves \(mtu) bytes; IPv\(version == .four ? 4 : 6) needs \(least) to 65535")
    }
    let outcome =
      inputs.number("segment_clamp_bytes").map { path.outcome(clamp: Int($0)) }
      ?? path.outcome(forbidsFragments: inputs.flag("forbids_fragments"))
    let (name, bytes): (String, Int?) =
      switch outcome {
      case .fits: ("fits", nil)
      case .discovered(let mtu): ("discovered", mtu)
      case .fragmented(let mtu): ("fragmented", mtu)
      case .blackHole(let size): ("black_hole", size)
      }
    return [
      InputValue(path.pathMTU), InputValue(PathMTU.segmentSize(mtu: path.pathMTU, version)), .string(name),
      bytes.map { InputValue($0) } ?? .null,
    ]
  }
}
