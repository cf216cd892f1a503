import AuditModel
import Testing

@testable import AuditReduce

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
