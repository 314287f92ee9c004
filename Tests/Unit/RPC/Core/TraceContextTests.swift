import RPCCore
import Testing

@Suite struct TraceContextTests {
  private static let example = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

  @Test func theExampleOfTheSpecificationIsReadAndWritten() throws {
    let trace = try #require(TraceContext(traceparent: Self.example))
    #expect(trace.traceHigh == 0x0af7_6519_16cd_43dd)
    #expect(trace.traceLow == 0x8448_eb21_1c80_319c)
    #expect(trace.span == 0xb7ad_6b71_6920_3331)
    #expect(trace.flags == 1)
    #expect(trace.traceparent == Self.example)
    #expect(trace.traceID == "0af7651916cd43dd8448eb211c80319c")
  }

  @Test func leadingZerosAreKept() throws {
    let trace = TraceContext(traceHigh: 0, traceLow: 1, span: 2, flags: 0)
    #expect(trace.traceparent == "00-00000000000000000000000000000001-0000000000000002-00")
    #expect(TraceContext(traceparent: trace.traceparent) == trace)
  }

  @Test func aLaterVersionIsReadAsFarAsItIsKnown() {
    #expect(TraceContext(traceparent: "cc" + Self.example.dropFirst(2)) != nil)
    #expect(TraceContext(traceparent: "cc" + Self.example.dropFirst(2) + "-what-comes") != nil)
    #expect(TraceContext(traceparent: "cc" + Self.example.dropFirst(2) + ".what") == nil)
  }

  @Test(arguments: [
    "", "00", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "00-00000000000000000000000000000000-b7ad6b7169203331-01",
    "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
    "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
    "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
    "0x-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  ])
  func whatTheSpecificationTellsToIgnoreIsIgnored(text: String) {
    #expect(TraceContext(traceparent: text) == nil)
  }
}
