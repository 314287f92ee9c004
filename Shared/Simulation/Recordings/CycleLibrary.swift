/// The drive cycles that ship with the suite. `Cycles/README.md` credits them.
public enum CycleLibrary {
  /// The names, as in requests.
  public static let names = ["udds", "hwfet", "us06"]

  /// The cycle called `name`; nil for an unknown one.
  public static func cycle(named name: String) -> DriveCycle? {
    let bytes: [UInt8]
    switch name {
    case "udds": bytes = PackageResources.udds_csv
    case "hwfet": bytes = PackageResources.hwfet_csv
    case "us06": bytes = PackageResources.us06_csv
    default: return nil
    }
    do {
      return try DriveCycle(name: name, csv: bytes)
    } catch {
      preconditionFailure("the shipped cycle \(name) can't be read: \(error)")
    }
  }
}
