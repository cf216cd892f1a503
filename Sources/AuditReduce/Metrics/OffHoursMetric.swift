import AuditModel

/// `offHours`: the share of instances that started outside the business calendar, people and machines apart.
///
/// Definition: k = starts outside the opening hours or on a holiday, n = instances with usable times, per kind of
/// initiator: people, the timer, configured service users, and titles that name nobody. Limits: the tables pool workflow
/// types; who works in another zone is off hours by this calendar.
struct OffHoursMetric: Metric {
  static let key = MetricKey("offHours")
  static let about =
    "The share of instances that started outside business hours, for people and for automation."
  static let figures = [
    ReportFigure(
      "offHours", .ratio, in: "offHours.byInitiator", by: ["initiator"], .rate(n: "instances"))
  ]
  static let needs: Set<MetricNeed> = [.calendar]
  static let keepsInstances = true

  /// Who starts an instance.
  private enum Initiator: String, CaseIterable {
    case people
    case timer
    case service
    case unknown
  }

  private struct Tally {
    var initiator: Initiator
    var instances = 0
    var outside = 0

    var rate: RateDocument { WilsonInterval.rate(outside, of: instances) }
  }

  private struct Start: Sendable {
    var referenceID: Int64
    var start: Instant
    /// The user's grouping key.
    var user: Name
  }

  private let calendar: BusinessCalendar?
  private let serviceUsers: Set<Name>
  private var tallies = Initiator.allCases.map { Tally(initiator: $0) }
  private var starts: [Start] = []

  init(plan: ReductionPlan) {
    calendar = plan.calendar
    serviceUsers = plan.settings.serviceUsers
  }

  mutating func add(_ instance: borrowing BatchedInstance) {
    guard let calendar, instance.hasUsableTimes, let start = instance.start else { return }
    let initiator = initiator(instance.user)
    let isOutside = !calendar.isOpen(at: start)
    for index in tallies.indices where tallies[index].initiator == initiator {
      tallies[index].instances += 1
      if isOutside { tallies[index].outside += 1 }
    }
    if isOutside, initiator == .people, let user = instance.user {
      starts.append(Start(referenceID: instance.referenceID, start: start, user: user.key))
    }
  }

  mutating func merge(_ other: OffHoursMetric) {
    for index in tallies.indices {
      tallies[index].instances += other.tallies[index].instances
      tallies[index].outside += other.tallies[index].outside
    }
    starts += other.starts
  }

  private func initiator(_ user: User?) -> Initiator {
    guard let user else { return .unknown }
    if user.kind == .timer { return .timer }
    return serviceUsers.contains(user.key) ? .service : .people
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    let zone = calendar?.zone ?? .utc
    let people = tallies.filter { $0.initiator == .people && $0.instances > 0 }
    let drawn = tallies.filter { $0.instances > 0 }
    return MetricSection(
      key: Self.key.rawValue, title: "Outside business hours",
      caption:
        "Starts outside the opening hours of \(zone.identifier), or on a configured holiday, all workflow types together. "
        + "It is no fault by itself: people work in other zones, and urgent requests do not wait. Source: "
        + "tables/off_hours.csv lists those of people; instances.csv, columns start and user.",
      sentences: people.map { people in
        """
        People started \(DisplayFormat.count(people.outside)) of \(Counted(people.instances, "request").phrase) \
        (\(people.rate.rate.map(DisplayFormat.percent) ?? "")) outside the opening hours.
        """
      },
      figures: [
        Figure(
          "time_zone", "Time zone", .text, about: "The zone of the opening hours.",
          .text(zone.identifier)
        ).asDetail
      ],
      charts: .rows(Self.chart(of: drawn)),
      tables: [
        MetricTable(
          .init(key: "byInitiator", file: nil, isOnPage: false),
          title: "Starts outside the opening hours", columns: Self.tallyColumns, rows: tallies),
        MetricTable(
          .init(key: "list", file: "off_hours", listed: 100, isOnPage: false),
          title: "Starts by people outside the opening hours",
          columns: Self.columns(zone, cohort.users),
          rows: starts.sorted { ($0.referenceID, $0.start) < ($1.referenceID, $1.start) }),
      ]
    ).placed(
      in: "patterns", nothingFound: drawn.isEmpty ? ["starts outside business hours"] : [])
  }

  private static func chart(of tallies: [Tally]) -> RowChart {
    RowChart(
      title: "Starts outside the opening hours, by who started", subject: "Started by",
      measure: "Share of their starts, with its 95% confidence interval", scale: .shares,
      rows: tallies.map { tally in
        RowChart.Row(
          "\(label(of: tally.initiator))", .interval(tally.rate),
          figures: "\(tally.rate.rate.map(DisplayFormat.percent) ?? "") of "
            + DisplayFormat.count(tally.instances))
      })
  }

  private static let tallyColumns: [Column<Tally>] =
    [
      Column("initiator", "Started by", .text, about: "people, timer, service or unknown.") {
        .term($0.initiator.rawValue, label: label(of: $0.initiator))
      },
      .count("instances", "Instances", about: "Instances with usable times: n.") { $0.instances },
      .count("outside", "Off hours", about: "Those that started outside: k.") { $0.outside },
    ] + Column.rate("Share", about: "k/n.") { $0.rate } + [.small { $0.rate }]

  private static func label(of initiator: Initiator) -> String {
    switch initiator {
    case .people: "People"
    case .timer: "Timer"
    case .service: "Service accounts"
    case .unknown: "Nobody named"
    }
  }

  private static func columns(_ zone: CivilZone, _ users: UserStore) -> [Column<Start>] {
    [
      .identifier("reference_id", "Reference ID", about: "The server's number.") { $0.referenceID },
      .instant("start", "Start", about: "When it started, in UTC.") { $0.start },
      Column("local_start", "Local time", .text, about: "The same in the calendar's zone.") {
        let local = zone.localDescription(of: $0.start)
        return .term(local, label: DisplayFormat.instant(local))
      },
      .text("user", "User", about: "The initiating user.") { users.spelling(of: $0.user).string },
    ]
  }
}
