import RPCErrors
import SimulationDatabases
import SimulationInput

/// The wraparound of PostgreSQL's transaction ids as a bare model.
struct WraparoundModel: BareModel {
  let name = "wraparound"
  let meaning = "When a PostgreSQL server must freeze, and when it takes no more writes."
  let equation = "t = (limit - age)/ids per second, for the forced vacuum and for the stop before 2^31 - 1"
  let source = "PostgreSQL source, SetTransactionIdLimit (varsup.c) and SetMultiXactIdLimit (multixact.c); docs 24.1.5"
  let regime = "a steady pace of writes"
  let assumptions = [
    "nothing holds the horizon back: no old transaction, prepared transaction or replication slot",
    "times are null where no ids are used up; freezes_in_time is null where the vacuum's pace isn't given",
  ]
  let inputs = [
    ModelInput("counter", .choice("transactions", "multixacts"), usual: "transactions", "Which ids."),
    ModelInput(
      "freeze_max_age", .integer(10_000...2_000_000_000), usual: .null,
      "autovacuum_freeze_max_age, 200000000 unless given; of multixacts 400000000."),
    ModelInput("postgres_major", .integer(9...30), usual: .null, "Major version; absent takes the earliest stop."),
    ModelInput("age", .number(0...2_147_483_647), "age(datfrozenxid) now."),
    ModelInput("ids_per_s", .number(0...1e9), "Transactions that write, per second."),
    ModelInput("database_bytes", .notNegative, usual: .null, "What a freezing vacuum reads at most."),
    ModelInput("vacuum_bytes_per_s", .positive, usual: .null, "The pace of that vacuum."),
  ]
  let outputNames = [
    "forced_vacuum_s", "stop_s", "time_to_freeze_s", "freeze_s", "freezes_in_time", "warning_age", "stop_age",
  ]

  func evaluate(_ inputs: ModelInputs) throws -> [InputValue] {
    let counter: Wraparound.Counter = inputs.text("counter") == "multixacts" ? .multixacts : .transactions
    let usual = counter == .transactions ? 200e6 : 400e6
    let limit = inputs.number("freeze_max_age") ?? usual
    if counter == .transactions, limit < 100_000 {
      throw ServiceFault.invalid("inputs.freeze_max_age", "must be at least 100000 for transactions")
    }
    let model = Wraparound(counter, freezeMaxAge: limit, major: inputs.number("postgres_major").map { Int($0) })
    let forecast = model.forecast(
      age: inputs["age"], idsPerSecond: inputs["ids_per_s"], databaseBytes: inputs.number("database_bytes"),
      vacuumBytesPerSecond: inputs.number("vacuum_bytes_per_s"))
    return [
      .number(forecast.secondsUntilForcedVacuum), .number(forecast.secondsUntilStop),
      .number(forecast.secondsToFreeze), InputValue(forecast.freezeSeconds),
      forecast.freezesInTime.map { .bool($0) } ?? .null, .number(model.warningAge), .number(model.stopAge),
    ]
  }
}
