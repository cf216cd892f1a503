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
        add(.expired, "\(name) ended at \(exception.expires).")
      } else if !used.contains(index) {
        add(.unused, "\(name) was not needed.")
      }
      if exception.created <= asOf, asOf < exception.expires,
        exception.expires.milliseconds(since: asOf) <= Self.soon
      {
        add(.endsSoon, "\(name) ends at \(exception.expires).")
      }
      for other in exceptions[(index + 1)...] where other.overlaps(exception) {
        add(.overlapping, "\(name) and \(other.ticket) cover the same breaches.")
      }
    }
  }

  /// A week in milliseconds: time enough to renew a waiver, or to remove its cause.
  private static let soon: Int64 = 7 * 24 * 3_600_000

  private enum Code: String {
    case expired = "EXCEPTION_EXPIRED"
    case endsSoon = "EXCEPTION_ENDS_SOON"
    case unused = "EXCEPTION_UNUSED"
    case overlapping = "EXCEPTION_OVERLAP"
  }

  private mutating func add(_ code: Code, _ text: String) {
    findings.append(.init(code: code.rawValue, text: text))
  }

  /// The value of a figure about exceptions.
  func values(of figure: ReportFigure) -> [ReportedFigure] {
    let count: Int? =
      switch figure {
      case PolicyException.expired: findings.count { $0.code == Code.expired.rawValue }
      case PolicyException.endsSoon: findings.count { $0.code == Code.endsSoon.rawValue }
      case PolicyException.unused: findings.count { $0.code == Code.unused.rawValue }
      case PolicyException.overlapping: findings.count { $0.code == Code.overlapping.rawValue }
      case PolicyException.used: used
      default: nil
      }
    return count.map { [ReportedFigure(figure, value: Double($0))] } ?? []
  }
}
