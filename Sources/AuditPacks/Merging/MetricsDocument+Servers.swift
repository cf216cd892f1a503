import AuditModel

extension MetricsDocument {
  /// Fields that hold reference ids, which say nothing without the server that gave them.
  private static let instances: Set<String> = [  // text: names of figures
    "reference_id", "first_reference_id", "oldest_reference_id", "ids",
  ]

  /// The metrics without what names single instances: on two servers one reference id stands for two.
  var overSeveralServers: MetricsDocument {
    var metrics = self
    metrics.changeSections { section in
      for index in section.figures.indices
      where Self.instances.contains(section.figures[index].field.name) {
        section.figures[index].value = .missing(.none)
      }
      for index in section.tables.indices
      where section.tables[index].fields.contains(where: { Self.instances.contains($0.name) }) {
        section.tables[index].removeRows()
      }
    }
    metrics.normalisation.firstUnrecognised = []
    return metrics
  }
}
