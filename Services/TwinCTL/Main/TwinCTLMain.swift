import TwinCTLCommands

@main
struct TwinCTLMain {
  static func main() async { await TwinCTL.main() }
}
