import RPCErrors
import SimulationFirewall
import SimulationInput

/// A DNS record's time to live as a bare model.
struct ResolverCacheModel: BareModel {
  let name = "dns_ttl"
  let meaning = "What a record's time to live does to its name servers and to a change of the record."
  let equation =
    "miss rate m = lambda/(1 + lambda TTL), hit ratio = lambda TTL/(1 + lambda TTL), moved = 1 - m (TTL - t)"
  let source = "Jung, Berger, Balakrishnan, Modeling TTL-based Internet Caches, INFOCOM 2003; RFC 2181, section 8"
  let regime = "Poisson queries, caches that keep records exactly for the TTL"
  let assumptions = [
    "connections that are open stay where they are: no DNS change moves them", "all name servers change at once",
  ]
  let inputs = [
    ModelInput("query_rate_per_s", .number(1e-9...1e9), "Queries of one cache's clients for the record."),
    ModelInput("ttl_s", .number(0...2_147_483_647), "Time to live."),
    ModelInput("elapsed_s", .number(0...1e10), usual: 0, "Time since the change, for moved_share."),
    ModelInput("share", .share, usual: 0.99, "Share of new answers, for time_until_share_s."),
    ModelInput("caches", .integer(1...1_000_000_000), usual: 1, "Caches alike."),
  ]
  let outputNames = [
    "hit_ratio", "miss_rate_per_s", "authoritative_rate_per_s", "moved_share", "time_until_share_s",
  ]

  func evaluate(_ inputs: ModelInputs) throws -> [InputValue] {
    do {
      let cache = try ResolverCache(queryRate: inputs["query_rate_per_s"], timeToLive: inputs["ttl_s"])
      return [
        cache.hitRatio, cache.missRate, cache.authoritativeRate(caches: inputs.integer("caches")),
        cache.movedShare(after: inputs["elapsed_s"]), try cache.time(untilMoved: inputs["share"]),
      ].map { .number($0) }
    } catch {
      throw ServiceFault.invalid(
        ["query_rate_per_s", "ttl_s", "share"].map { .init("inputs.\($0)", "is out of range") })
    }
  }
}
