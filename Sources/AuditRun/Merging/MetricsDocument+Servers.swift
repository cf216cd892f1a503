import AuditModel

extension MetricsDocument {
  /// Fields that hold reference ids, which say nothing without the server that gave them.
  private static let instances: Set<String> = [  // text: names of figures
    "reference_id", "first_reference_id", "oldest_reference_id", "ids",
  ]

  /// The metrics without what names single instances: on two servers one reference id stands for two.
  var overSeveralServers: MetricsDocument {
    var metrics = self
    for index in metrics.further.indices {
      for figure in metrics.further[index].figures.indices
      where Self.instances.contains(metrics.further[index].figures[figure].field.name) {
        metrics.further[index].figures[figure].value = .missing(.none)
      }
      for table in metrics.further[index].tables.indices
      where metrics.further[index].tables[table].fields.contains(where: {
        Self.instances.contains($0.name)
      }) {
        metrics.further[index].tables[table].removeRows()
      }
    }
    metrics.normalisation.firstUnrecognised = []
    return metrics
  }
}
