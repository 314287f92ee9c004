import RPCErrors
import SimulationFirewall
import SimulationInput

/// The source ports of an address translation as a bare model.
struct SourcePortsModel: BareModel {
  let name = "nat_ports"
  let meaning = "Whether a translating gateway has enough source ports for connections to one destination."
  let equation = "in use a = rate (duration + hold time); refused by Erlang's B of a Erlang on addresses x ports"
  let source = "RFC 4787 and RFC 5382; Little, Operations Research 9 (1961); Erlang (1917)"
  let regime = "Poisson arrivals, steady state, one destination address and port"
  let assumptions = ["every port of every address can be used for the destination"]
  let inputs = [
    ModelInput("addresses", .integer(1...100), usual: 1, "Public addresses of the gateway."),
    ModelInput(
      "ports_per_address", .integer(1...65_535), usual: .number(Double(SourcePorts.aboveWellKnown)),
      "Ports per address: 64512 above the well-known ones, 28232 by Linux' default, 55000 at AWS."),
    ModelInput("hold_time_s", .number(0...86_400), usual: 60, "From the last packet until a port is used again."),
    ModelInput("rate_per_s", .number(0...1e9), "New connections per second to the destination."),
    ModelInput("duration_s", .number(0...1e9), "Mean life of a connection."),
  ]
  let outputNames = ["ports", "ports_in_use", "utilisation", "refused_share", "maximum_rate_per_s"]

  func evaluate(_ inputs: ModelInputs) throws -> [InputValue] {
    let (rate, duration) = (inputs["rate_per_s"], inputs["duration_s"])
    do {
      let ports = try SourcePorts(
        addresses: inputs.integer("addresses"), portsPerAddress: inputs.integer("ports_per_address"),
        holdTime: inputs["hold_time_s"])
      return [
        Double(ports.capacity), ports.inUse(rate: rate, duration: duration),
        ports.utilisation(rate: rate, duration: duration), ports.refusedShare(rate: rate, duration: duration),
        ports.maximumRate(duration: duration),
      ].map { .number($0) }
    } catch {
      throw ServiceFault.invalid(
        ["addresses", "ports_per_address", "hold_time_s"].map { .init("inputs.\($0)", "is out of range") })
    }
  }
}
