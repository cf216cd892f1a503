import AuditModel
import AuditPlan

/// What has become of a policy's exceptions, as of an instant.
struct ExceptionReview {
  /// What is worth knowing of them, a sentence each.
  private(set) var findings: [Notice] = []
  /// How many were needed.
  private let used: Int

  /// Looks at each exception, and at each pair of them.
  init(of exceptions: [PolicyException], used: Set<Int>, asOf: Instant) {
    self.used = used.count
    for (index, exception) in exceptions.enumerated() {
      let name = "The waiver \(exception.ticket) for the policy check \(exception.gate)"
      if exception.expires <= asOf {
        add(.waiverExpired, "\(name) ended at \(exception.expires).")
      } else if !used.contains(index) {
        add(.waiverUnused, "\(name) was not needed.")
      }
      if exception.created <= asOf, asOf < exception.expires,
        exception.expires.milliseconds(since: asOf) <= Self.soon
      {
        add(.waiverEndsSoon, "\(name) ends at \(exception.expires).")
      }
      for other in exceptions[(index + 1)...] where other.overlaps(exception) {
        add(.waiverOverlap, "\(name) and \(other.ticket) cover the same breaches.")
      }
    }
  }

  /// A week in milliseconds: time enough to renew a waiver, or to remove its cause.
  private static let soon: Int64 = 7 * 24 * 3_600_000

  private mutating func add(_ code: Notice.Code, _ text: String) {
    findings.append(Notice(code, text))
  }

  private func count(_ code: Notice.Code) -> Int {
    findings.count { $0.code == code.rawValue }
  }

  /// The value of a figure about exceptions.
  func values(of figure: ReportFigure) -> [ReportedFigure] {
    let count: Int? =
      switch figure {
      case PolicyException.expired: self.count(.waiverExpired)
      case PolicyException.endsSoon: self.count(.waiverEndsSoon)
      case PolicyException.unused: self.count(.waiverUnused)
      case PolicyException.overlapping: self.count(.waiverOverlap)
      case PolicyException.used: used
      default: nil
      }
    return count.map { [ReportedFigure(figure, value: Double($0))] } ?? []
  }
}
