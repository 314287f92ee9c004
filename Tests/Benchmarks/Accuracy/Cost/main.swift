import AccuracyReport
import SimulationPricing

// Costs against the price sheet of the data folder, which is read here by other means; prints Markdown.
guard CommandLine.arguments.count == 2 else { fatalError("usage: cost-accuracy <data folder>") }
let path = CommandLine.arguments[1] + "/prices/aws_ec2_us-east-1_ondemand.csv"

/// A decimal number in 10⁻¹² dollars, from its digits.
func trillionths(_ text: Substring) -> Int128? {
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  guard (1...2).contains(parts.count), let whole = Int128(String(parts[0])) else { return nil }
  let decimals = parts.count == 2 ? String(parts[1]) : ""
  guard decimals.count <= 12 else { return nil }
  let padded = decimals + String(repeating: "0", count: 12 - decimals.count)
  return Int128(padded).map { whole * 1_000_000_000_000 + $0 }
}

struct Item {
  let type: String
  let perHour: Int128
  let vcpus: Double?
  let memory: Double?
}

let items = try Files.lines(path).dropFirst().map { line in
  let fields = line.split(separator: ",", omittingEmptySubsequences: false)
  guard let price = trillionths(fields[1]) else { throw Unreadable(path: path) }
  return Item(
    type: String(fields[0]), perHour: price, vcpus: Double(String(fields[2])), memory: Double(String(fields[3])))
}
var exact = 0
var close = 0
var checked = 0
for item in items {
  for count in [1, 10] {
    for hours in [1, 730] {
      checked += 1
      let expected = item.perHour * Int128(count) * Int128(hours)
      guard let cost = try? InstancePrices.cost(of: item.type, count: count, hours: hours) else { continue }
      if cost.trillionths == expected { exact += 1 }
      if abs(Double(cost.trillionths - expected)) <= 0.1 * Double(expected) { close += 1 }
    }
  }
}

// What stands in for a sheet: prices of a CPU and a GiB of memory.
let unit = UnitPrices(.aws)
var errors: [Double] = []
for item in items {
  guard let vcpus = item.vcpus, let memory = item.memory,
    let cost = try? unit.compute(cpus: vcpus, memoryGiB: memory / 1_024, hours: 1)
  else { continue }
  errors.append(abs(Double(cost.trillionths) / Double(item.perHour) - 1))
}
errors.sort()
let month = try InstancePrices.cost(of: "m5.large", count: 10)
let within = Double(errors.count { $0 <= 0.1 }) / Double(errors.count)

Table.heading("Cost")
print(
  "Each type of the sheet (\(InstancePrices.source.name), \(InstancePrices.source.date)), 1 and 10 of it for 1 h and "
    + "730 h, against the sheet's own digits. This shows that nothing is lost on the way from the sheet; no bill was at "
    + "hand, so discounts, taxes, storage and traffic are not judged. Unit prices (OpenCost's for AWS) stand in where a "
    + "machine has no sheet; how far they are from the sheet where there is one:\n")
Table.print(
  header: ["predictor", "items", "exact", "within 10 %, %", "median error %"],
  rows: [
    [
      "price sheet", "\(checked)", "\(exact)", Table.number(100 * Double(close) / Double(checked), 1),
      close == exact && exact == checked ? "0.00" : "",
    ],
    [
      "unit prices of CPU and memory", "\(errors.count)", "", Table.number(100 * within, 1),
      Table.number(100 * errors[errors.count / 2]),
    ],
  ])
print("\n10 × m5.large × 730 h = \(month) USD.")
Claims.add(
  "Cost by the price sheet, within 10 %", aim: "90 % of the items",
  measured: "\(exact) of \(checked) exact", isMet: Double(close) >= 0.9 * Double(checked))
Claims.add(
  "Cost by unit prices where there is no sheet, within 10 %", aim: "90 % of the items",
  measured: "\(Table.number(100 * within, 1)) % of \(errors.count)", isMet: within >= 0.9)
Claims.add(
  "10 × m5.large × 730 h", aim: "700.80 USD", measured: "\(month) USD", isMet: month.description == "700.80")
