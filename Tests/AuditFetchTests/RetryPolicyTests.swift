import AuditModel
import TestSupport
import Testing

@testable import AuditFetch

@Suite("The retry policy")
struct RetryPolicyTests {
  private static let busy = FetchError.busy(503, place: "kf", retryAfter: nil)

  private func decide(
    _ policy: inout RetryPolicy, attempt: Int,
    _ failure: RetryPolicy.Failure = .passing(busy, retryAfter: nil)
  ) -> RetryPolicy.Decision {
    var random = SeededGenerator(seed: 7)
    return policy.decide(on: failure, attempt: attempt, date: nil, random: &random)
  }

  @Test(
    "The waits grow from half a second to thirty, drawn anew each time, and outlast a restart",
    arguments: 0..<50 as Range<UInt64>)
  func jitter(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var sum: Int64 = 0
    for (attempt, range) in [0...500, 1000...2000, 4000...8000, 15_000...30_000].enumerated() {
      var policy = RetryPolicy()
      policy.begin()
      let decision = policy.decide(
        on: .passing(Self.busy, retryAfter: nil), attempt: attempt + 1, date: nil, random: &random)
      guard case .again(let wait) = decision else {
        Issue.record("gave up at attempt \(attempt + 1)")
        return
      }
      #expect(range ~= Int(wait))
      sum += wait
    }
    #expect(sum >= 20_000)
  }

  @Test("After a timeout, which was a wait itself, the next one may be short")
  func afterTimeout() {
    var waits: [Int64] = []
    for seed in 0..<50 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      var policy = RetryPolicy()
      policy.begin()
      let error = FetchError.transport(.timedOut(place: "kf", what: "first byte"))
      let decision = policy.decide(on: .timeout(error), attempt: 4, date: nil, random: &random)
      if case .again(let wait) = decision { waits.append(wait) }
    }
    #expect(waits.count == 50)
    #expect(waits.contains { $0 < 15_000 })
  }

  @Test("What would fail again is not tried again")
  func lasting() {
    var policy = RetryPolicy()
    policy.begin()
    let error = FetchError.forbidden(place: "kf", reason: "")
    #expect(decide(&policy, attempt: 1, .lasting(error)) == .giveUp(error))
  }

  @Test("F36: when every fourth request fails, the budget ends the run before the server suffers")
  func budget() {
    var policy = RetryPolicy()
    var retries = 0
    for request in 1...1000 {
      policy.begin()
      guard request % 4 == 0 else {
        policy.succeed()
        continue
      }
      guard case .again = decide(&policy, attempt: 1) else { break }
      policy.succeed()
      retries += 1
    }
    // The 55th failure comes with request 220, after 54 retries: 54 is no longer below 220 / 5 + 10.
    #expect(retries == 54)
  }

  @Test("Five failures in a row open the circuit, whichever requests they belong to")
  func circuit() {
    var policy = RetryPolicy()
    for _ in 0..<4 {
      policy.begin()
      guard case .again = decide(&policy, attempt: 1) else {
        Issue.record("gave up early")
        return
      }
    }
    guard case .giveUp(let error) = decide(&policy, attempt: 1) else {
      Issue.record("went on")
      return
    }
    #expect(error.exitStatus == .unreachable)
  }
}
