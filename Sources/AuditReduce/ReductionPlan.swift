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
  /// Whether the definitions are read from the server.
  package var readsDefinitions: Bool
  /// Decisions from elsewhere; `nil` where nobody brings any.
  package var decisions: DecisionIndex?
  /// The rules of the policy.
  package var rules: [RowRule]

  /// Makes a plan.
  package init(
    metrics: Set<MetricKey>, zone: CivilZone, settings: MetricSettings = MetricSettings(),
    windowStart: Instant? = nil, earlier: EarlierPack? = nil,
    readsDefinitions: Bool = false, decisions: DecisionIndex? = nil, rules: [RowRule] = []
  ) {
    (self.metrics, self.zone, self.settings) = (metrics, zone, settings)
    (self.windowStart, self.earlier) = (windowStart, earlier)
    (self.readsDefinitions, self.decisions, self.rules) = (readsDefinitions, decisions, rules)
  }

  /// The business calendar, when there is one.
  var calendar: BusinessCalendar? { settings.calendar }

  /// What some metric that will be computed needs.
  var needs: Set<MetricNeed> {
    let needs = MetricCatalogue.all.filter { $0.isPossible(with: self) }
      .reduce(into: Set<MetricNeed>()) { $0.formUnion($1.needs) }
    return needs.contains(.patterns) ? needs.union([.cases, .approvals]) : needs
  }
}

/// What is known only after the last instance.
package struct ReportContext: Sendable {
  /// The as-of instant: open instances are watched until then.
  package var asOf: Instant
  /// The window; its days are listed in the zone of the plan.
  package var window: Window
  /// Why open instances from before the window could not be asked for; `nil` when they could.
  package var olderRefused: String?
  /// What the server says of the definitions; `nil` when it was not asked.
  package var design: ControlDesign?

  /// Makes a context.
  package init(
    asOf: Instant, window: Window, olderRefused: String? = nil, design: ControlDesign? = nil
  ) {
    (self.asOf, self.window, self.olderRefused, self.design) = (asOf, window, olderRefused, design)
  }
}

/// What ends a part of a cohort that has an as-of instant of its own, before parts with others are merged with it.
package struct ObservationEnd: Sendable {
  /// Open instances of the part were watched until then.
  package var asOf: Instant
  /// Open instances of the part that started before it have ended since.
  ///
  /// A later read of the same server asked for those that were open, and they were not among them; `nil` when none asked.
  package var endedBefore: Instant?
  /// But for these, by reference id.
  package var stillOpen: Set<Int64>

  /// Describes the end of a part.
  package init(asOf: Instant, endedBefore: Instant? = nil, stillOpen: Set<Int64> = []) {
    (self.asOf, self.endedBefore, self.stillOpen) = (asOf, endedBefore, stillOpen)
  }
}
