import AuditModel

@testable import AuditReduce

extension MetricCatalogue {
  /// The metrics whose result is a section and nothing else.
  static let ofSections = Reduction.withEverything.metrics([]).sections
    .compactMap { MetricKey(rawValue: $0.key) }
}
