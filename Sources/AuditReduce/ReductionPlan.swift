public import AuditModel

/// What is to be reduced, and how.
public struct ReductionPlan: Sendable {
  /// The metrics asked for; population and normalisation are always computed.
  public var metrics: Set<MetricKey>
  /// The zone of days.
  public var zone: CivilZone
  /// What the configuration says about metrics.
  public var settings: MetricSettings
  /// The start of the window, before which open instances belong to the backlog; `nil` takes every row into the cohort.
  public var windowStart: Instant?
  /// The earlier pack that the cohort is held against.
  public var earlier: EarlierPack?

  /// Makes a plan.
  public init(
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
