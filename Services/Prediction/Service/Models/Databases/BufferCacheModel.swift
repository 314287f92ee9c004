import RPCErrors
import SimulationDatabases
import SimulationInput

/// A page cache's hit ratio as a bare model.
struct BufferCacheModel: BareModel {
  let name = "buffer_cache"
  let meaning = "The steady hit ratio of a cache whose pages have known popularities."
  let equation = "sum of h_i(T) = C, hit ratio = sum of p_i h_i; LRU: h_i = 1 - exp(-lambda_i T), clock sweep: a chain"
  let source =
    "Che, Tung, Wang, IEEE JSAC 20(7), 2002; Fricker, Robert, Roberts, ITC 24, 2012; Nicola, Dan, Dias, SIGMETRICS 1992"
  let regime = "independent references, at least some 100 pages, no sequential scans"
  let assumptions = [
    "the clock sweep is PostgreSQL's, with a usage count of at most 5",
    "characteristic_time is in units of 1/rate, and null where all pages fit",
  ]
  let inputs = [
    ModelInput("cache_pages", .number(1...1e15), "Pages that fit: shared_buffers by 8 kB."),
    ModelInput("replacement", .choice("clock_sweep", "lru"), usual: "clock_sweep", "How room is made."),
    ModelInput(
      "classes",
      .objects(
        [
          ModelInput("pages", .number(1e-6...1e15), "Pages of the class."),
          ModelInput("rate", .number(1e-12...1e12), "Accesses of one page per unit of time; only ratios matter."),
        ], 1...10_000), "Classes of pages that are asked for equally often; each with pages and rate."),
  ]
  let outputNames = ["hit_ratio", "characteristic_time", "residency"]

  func evaluate(_ inputs: ModelInputs) throws -> [InputValue] {
    let replacement: CacheReplacement = inputs.text("replacement") == "lru" ? .lru : .postgres
    let classes = inputs.objects("classes").map { PagePopularity.Class(pages: $0["pages"], rate: $0["rate"]) }
    guard let cache = BufferCache(pages: inputs["cache_pages"], replacement: replacement) else {
      throw ServiceFault.invalid("inputs.cache_pages", "is out of range")
    }
    guard let performance = cache.performance(PagePopularity(classes: classes)) else {
      throw ServiceFault.invalid("inputs.classes", "must hold a page that is asked for")
    }
    return [
      .number(performance.hitRatio), .number(performance.characteristicTime),
      .array(performance.residency.map { .number($0) }),
    ]
  }
}
