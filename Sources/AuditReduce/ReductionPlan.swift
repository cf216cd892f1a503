package import AuditModel

/// What is to be reduced, and how.
package struct ReductionPlan: Sendable {
  /// The metrics asked for; population and normalisation are always computed.
  package var metrics: Set<MetricKey>
  /// The zone of days.
  package var zone: CivilZone
  /// What the configuration says about metrics.
  package var settings: MetricSettings
  /// The start of the window, before which open instances belong to the backlog; `nil` takes every row into the cohort.
  package var windowStart: Instant?
  /// The earlier pack that the cohort is held against.
  package var earlier: EarlierPack?

  /// Makes a plan.
  package init(
    metrics: Set<MetricKey>, zone: CivilZone, settings: MetricSettings = MetricSettings(),
    windowStart: Instant? = nil, earlier: EarlierPack? = nil
  ) {
    self.metrics = metrics
    self.zone = zone
    self.settings = settings
    self.windowStart = windowStart
    self.earlier = earlier
  }

  /// The business calendar, when there is one.
  var calendar: BusinessCalendar? { settings.calendar }

  /// What some metric that will be computed needs.
  var needs: Set<MetricNeed> {
    MetricCatalogue.all.filter { $0.isPossible(with: self) }
      .reduce(into: Set<MetricNeed>()) { $0.formUnion($1.needs) }
  }
}
