import AuditModel

/// The sums that must agree before anything is printed: a report that contradicts itself is worse than none.
enum ControlTotals {
  static func check(_ report: ReportDocument) throws(RenderError) {
    let population = report.metrics.population
    let sums = [
      ("population.byStatus", population.byStatus.total),
      ("population.byWorkflowType", population.byWorkflowType.map(\.instances).reduce(0, +)),
      ("population.byDefinition", population.byDefinition.map(\.instances).reduce(0, +)),
    ]
    for (place, sum) in sums where sum != population.instances {
      throw .controlTotals(expected: population.instances, found: sum, place: place)
    }
  }
}
