import AuditModel
import Testing

@testable import AuditReduce

@Suite("failureRates")
struct FailureRatesTests {
  private func rates(_ samples: [Sample]) throws -> FailureRatesDocument {
    try #require(Reduction().metrics(samples).failureRates)
  }

  /// A user with n terminal instances, of which k failed.
  private func user(_ name: String, failed: Int, of terminal: Int, from first: Int64) -> [Sample] {
    (0..<terminal).map { index in
      Sample(first + Int64(index)) {
        $0.user = name
        $0.status = index < failed ? .failed : .complete
      }
    }
  }

  private func users(_ rates: FailureRatesDocument) -> [String] {
    rates.byUser.compactMap { if case .user(let name) = $0.group { name } else { nil } }
  }

  @Test("Without terminal instances there are no rates, and unclassified is shown without one")
  func empty() throws {
    let rates = try rates([Sample(1) { $0.status = .running }])
    #expect((rates.failed, rates.terminal, rates.withoutUser) == (0, 0, 0))
    #expect(rates.byUser.isEmpty)
    #expect(rates.byDefinition.isEmpty)
    #expect(rates.byStep.isEmpty)
    #expect(rates.byClass.map(\.group) == [.failureClass("unclassified", step: nil)])
    #expect(rates.byClass.map(\.rate) == [.init(rate: nil, low: nil, high: nil, small: true)])
  }

  @Test("The interval is Wilson's")
  func wilson() throws {
    // E. B. Wilson (1927), by hand: 1 of 10 gives [0.0178762, 0.4041500].
    let row = try #require(try rates(user("a", failed: 1, of: 10, from: 1)).byUser.first)
    #expect((row.count, row.terminal, row.rate.rate, row.rate.small) == (1, 10, 0.1, false))
    #expect(abs((row.rate.low ?? 0) - 0.0178762) < 1e-7)
    #expect(abs((row.rate.high ?? 0) - 0.4041500) < 1e-7)
  }

  @Test("Ranking is by the lower limit: nine of ten stand above one of one")
  func ranking() throws {
    let samples =
      user("lucky", failed: 1, of: 1, from: 1) + user("busy", failed: 9, of: 10, from: 100)
      + user("good", failed: 0, of: 50, from: 200)
    #expect(users(try rates(samples)) == ["busy", "lucky", "good"])
  }

  @Test("Equal limits are ranked by k, then by name in code points")
  func ties() throws {
    let samples =
      user("z", failed: 0, of: 5, from: 1) + user("\u{E9}", failed: 0, of: 9, from: 100)
      + user("B", failed: 0, of: 2, from: 200) + user("a", failed: 2, of: 4, from: 300)
    #expect(users(try rates(samples)) == ["a", "B", "z", "\u{E9}"])
  }

  @Test("Only ASCII letters of DOMAIN\\user are folded, and the oldest spelling is shown")
  func spelling() throws {
    let names = ["Corp\\Alice", "CORP\\alice", "corp\\ALICE", "client", "Client"]
    let samples = names.enumerated().map { index, name in
      Sample(Int64(100 - index)) { $0.user = name }
    }
    #expect(users(try rates(samples)) == ["Client", "client", "corp\\ALICE"])
    // The oldest spelling counts even when that instance is still open.
    let open = Sample(1) {
      $0.user = "CORP\\ALICE"
      $0.status = .running
    }
    #expect(users(try rates(samples + [open])).contains("CORP\\ALICE"))
  }

  @Test("A user without terminal instances is in no row, a null user is only counted")
  func withoutUser() throws {
    let samples = [
      Sample(1) { $0.status = .running },
      Sample(2) { $0.user = nil },
      Sample(3) {
        $0.user = nil
        $0.status = .running
      },
      Sample(4) {
        $0.user = nil
        $0.status = .unknown
      },
    ]
    let rates = try rates(samples)
    #expect(rates.byUser.isEmpty)
    #expect(rates.withoutUser == 1)
  }

  @Test("Definitions pool workflow types and versions, and bear their newest name")
  func byDefinition() throws {
    let samples = [
      Sample(1) {
        $0.status = .failed
        $0.definitionName = "Old"
      },
      Sample(2) { $0.workflowType = "Revocation" },
      Sample(3) {
        $0.status = .running
        $0.definitionName = "New"
      },
    ]
    let row = try #require(try rates(samples).byDefinition.first)
    #expect(row.group == .definition(id: "d1", name: "New"))
    #expect((row.count, row.terminal) == (1, 2))
  }

  @Test("Steps and classes with failures are set against all terminal instances")
  func byStepAndClass() throws {
    func failed(_ id: Int64, step: String?, _ failureClass: FailureClass?) -> Sample {
      Sample(id) {
        $0.status = .failed
        $0.stepUniqueName = step
        $0.failureClass = failureClass
      }
    }
    let samples = [
      failed(1, step: "S1", .accessDenied), failed(2, step: "S1", .customStep(Name("Notify"))),
      failed(3, step: nil, .customStep(Name("Mail"))), failed(4, step: "S2", nil),
      failed(5, step: "S2", .accessDenied), Sample(6) { $0.stepUniqueName = "Fine" },
    ]
    let rates = try rates(samples)
    #expect(
      rates.byStep.map(\.group) == [
        .step(uniqueName: "S1", name: "Enroll"), .step(uniqueName: "S2", name: "Enroll"),
        .step(uniqueName: nil, name: "Enroll"),
      ])
    #expect(rates.byStep.allSatisfy { $0.terminal == 6 })
    #expect(
      rates.byClass.map(\.group) == [
        .failureClass("accessDenied", step: nil), .failureClass("customStep", step: "Mail"),
        .failureClass("customStep", step: "Notify"), .failureClass("unclassified", step: nil),
      ])
    #expect(rates.byClass.map(\.count) == [2, 1, 1, 1])
  }
}

@Suite("rejectionRates")
struct RejectionRatesTests {
  private func rates(_ samples: [Sample]) throws -> RejectionRatesDocument {
    try #require(Reduction().metrics(samples).failureRates).rejectionRates
  }

  @Test("Without instances there is no row")
  func empty() throws {
    #expect(
      try rates([])
        == .init(rejected: 0, terminal: 0, byUser: [], byDefinition: [], byStep: []))
  }

  @Test("k counts Rejected, n all terminal instances, and failures do not mix in")
  func counts() throws {
    let samples = [
      Sample(1) {
        $0.status = .rejected
        $0.stepUniqueName = "RequireApproval1"
        $0.stepName = "Approve"
      },
      Sample(2) { $0.status = .failed }, Sample(3), Sample(4) { $0.status = .suspended },
    ]
    let rates = try rates(samples)
    #expect((rates.rejected, rates.terminal) == (1, 3))
    #expect(rates.byUser.map(\.count) == [1])
    #expect(rates.byUser.map(\.terminal) == [3])
    #expect(rates.byUser.map(\.event) == [.rejected])
    #expect(rates.byDefinition.map(\.count) == [1])
    #expect(rates.byStep.map(\.group) == [.step(uniqueName: "RequireApproval1", name: "Approve")])
    #expect(rates.byStep.map(\.terminal) == [3])
  }
}
