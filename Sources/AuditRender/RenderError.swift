package import AuditModel

/// A report that cannot be written.
package enum RenderError: AuditFailure, Equatable {
  /// Two counts of the same instances differ.
  case controlTotals(expected: Int, found: Int, place: String)
  /// A figure has no form in JSON; infinities have none.
  case notEncodable(file: String, reason: String)

  /// What is wrong, in a sentence.
  package var message: Message {
    switch self {
    case .controlTotals(let expected, let found, let place):
      Message(.contradictingReport, "\(expected)", place, "\(found)")
    case .notEncodable(let file, let reason): Message(.notEncodable, file, reason)
    }
  }
}

/// The sums that must agree before anything is printed: a report that contradicts itself is worse than none.
enum ControlTotals {
  static func check(_ report: ReportDocument) throws(RenderError) {
    let population = report.metrics.population
    for (place, sum) in population.sums where sum != population.instances {
      throw .controlTotals(expected: population.instances, found: sum, place: place)
    }
  }
}
