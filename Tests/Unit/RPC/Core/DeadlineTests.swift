import NIOCore
import Testing

@testable import RPCCore

@Suite struct DeadlineTests {
  @Test func whatIsLeftNeverFallsBelowZero() {
    let deadline = Deadline(.uptimeNanoseconds(1_000))
    #expect(deadline.remaining(at: .uptimeNanoseconds(400)) == .nanoseconds(600))
    #expect(deadline.remaining(at: .uptimeNanoseconds(1_000)) == .zero)
    #expect(deadline.remaining(at: .uptimeNanoseconds(2_000)) == .zero)
  }

  @Test func durationsBeyondTheClockAreCutInsteadOfOverflowing() {
    #expect(Duration.seconds(Int64.max).wholeNanoseconds == Int64.max / 4)
    #expect(Duration.seconds(-Int64.max).wholeNanoseconds == -(Int64.max / 4))
    #expect(Duration.milliseconds(1_500).wholeNanoseconds == 1_500_000_000)
    #expect(Duration.nanoseconds(-3).wholeNanoseconds == -3)
    #expect(Deadline.after(.seconds(Int64.max)) > Deadline.after(.seconds(1)))
  }
}
