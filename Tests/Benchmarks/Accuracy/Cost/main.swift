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

// Prices of a CPU and a GiB of memory alone, whatever the family.
let unit = UnitPrices(.aws)
var errors: [Double] = []
for item in items {
  guard let vcpus = item.vcpus, let memory = item.memory,
    let cost = try? unit.compute(cpus: vcpus, memoryGiB: memory / 1_024, hours: 1)
  else { continue }
  errors.append(abs(Double(cost.trillionths) / Double(item.perHour) - 1))
}
errors.sort()

// Each type held out, from the other sizes of its family.
var familyErrors: [Double] = []
var refused = 0
for item in items {
  guard let vcpus = item.vcpus, let memory = item.memory else { continue }
  do {
    let family = try InstancePrices.family(of: item.type).removing(item.type)
    let price = try family.estimate(vcpus: Int(vcpus), memoryMiB: Int(memory))
    familyErrors.append(abs(Double(price.trillionths) / Double(item.perHour) - 1))
  } catch { refused += 1 }
}
familyErrors.sort()
let familyExact = familyErrors.count { $0 < 1e-9 }
let familyWithin = Double(familyErrors.count { $0 <= 0.1 }) / Double(familyErrors.count)
let month = try InstancePrices.cost(of: "m5.large", count: 10)
let within = Double(errors.count { $0 <= 0.1 }) / Double(errors.count)

Table.heading("Cost")
print(
  "Each type of the sheet (\(InstancePrices.source.name), \(InstancePrices.source.date)), 1 and 10 of it for 1 h and "
    + "730 h, against the sheet's own digits. This shows that nothing is lost on the way from the sheet; no bill was at "
    + "hand, so discounts, taxes, storage and traffic are not judged. The twin answers from the sheet alone: a type that "
    + "it lacks is an error. Beside it, what could be said without the type's row: from the other sizes of its family, "
    + "each type held out, with no answer for a family of one, for a shape (memory for each CPU) that no other size has, "
    + "and where the sizes' prices of a CPU differ by more than \(Int(100 * PriceFamily.agreement)) %; and from unit "
    + "prices of CPU and memory (OpenCost's for AWS), which are averages over all families and are for splitting a "
    + "machine among pods, not for pricing one.\n")
Table.print(
  header: ["predictor", "items", "exact", "within 10 %, %", "median error %"],
  rows: [
    [
      "price sheet", "\(checked)", "\(exact)", Table.number(100 * Double(close) / Double(checked), 1),
      close == exact && exact == checked ? "0.00" : "",
    ],
    [
      "other sizes of the family (\(refused) refused)", "\(familyErrors.count)", "\(familyExact)",
      Table.number(100 * familyWithin, 1), Table.number(100 * familyErrors[familyErrors.count / 2]),
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
  "Cost of a held-out type by the other sizes of its family, within 10 %", aim: "90 % of the items answered",
  measured: "\(Table.number(100 * familyWithin, 1)) % of \(familyErrors.count); \(refused) refused; by unit prices of "
    + "CPU and memory alone \(Table.number(100 * within, 1)) % of \(errors.count)",
  isMet: familyWithin >= 0.9)
Claims.add(
  "10 × m5.large × 730 h", aim: "700.80 USD", measured: "\(month) USD", isMet: month.description == "700.80")
