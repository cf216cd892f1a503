/// `trend`: starts and completions per day of the window, in the report's zone.
public struct TrendDocument: Encodable, Sendable, Equatable {
  /// One day.
  public struct Day: Encodable, Sendable, Equatable {
    /// `2026-10-01`, in the report's zone.
    public var day: String
    /// Instances that started on it.
    public var started: Int
    /// Terminal instances of the cohort that ended on it.
    public var completed: Int
    /// Those of them that ended as Complete.
    public var complete: Int
    /// As Rejected.
    public var rejected: Int
    /// As Failed.
    public var failed: Int
    /// Whether the window covers only a part of it.
    public var partial: Bool
    /// Instances of the cohort that were open at its end; `null` when that is after the as-of instant.
    @ExplicitNull public var open: Int?

    /// Makes a day.
    public init(
      day: String, started: Int, complete: Int, rejected: Int, failed: Int, partial: Bool = false,
      open: Int? = nil
    ) {
      self.day = day
      self.started = started
      completed = complete + rejected + failed
      self.complete = complete
      self.rejected = rejected
      self.failed = failed
      self.partial = partial
      self.open = open
    }
  }

  /// One ISO 8601 week, Monday to Sunday.
  public struct Week: Encodable, Sendable, Equatable {
    /// `2026-W40`.
    public var week: String
    /// Its Monday.
    public var monday: String
    /// Instances that started in it.
    public var started: Int
    /// Terminal instances of the cohort that ended in it.
    public var completed: Int
    /// Whether the window covers only a part of it: such a week is compared with none.
    public var partial: Bool
    /// Starts against those of the week before; `null` where either week is partial or has none to compare with.
    @ExplicitNull public var startedRatio: RateRatioDocument?
    /// Ends against those of the week before.
    @ExplicitNull public var completedRatio: RateRatioDocument?

    /// Makes a week.
    public init(
      week: String, monday: String, started: Int, completed: Int, partial: Bool,
      startedRatio: RateRatioDocument?, completedRatio: RateRatioDocument?
    ) {
      self.week = week
      self.monday = monday
      self.started = started
      self.completed = completed
      self.partial = partial
      self.startedRatio = startedRatio
      self.completedRatio = completedRatio
    }
  }

  /// Every day of the window, zero-filled.
  public var days: [Day]
  /// Every ISO week that the window touches.
  public var weeks: [Week]
  /// Starts by weekday, Monday first, and hour of the day in the report's zone: seven lists of 24.
  public var startsByHour: [[Int]]
  /// Terminal instances of the cohort that ended after the window.
  public var completedAfterWindow: Int

  /// Makes the metric.
  public init(
    days: [Day], weeks: [Week], startsByHour: [[Int]], completedAfterWindow: Int
  ) {
    self.startsByHour = startsByHour
    self.days = days
    self.weeks = weeks
    self.completedAfterWindow = completedAfterWindow
  }
}

/// The days of a trend, put together to weeks or months where there are too many to be told apart.
public struct TrendPeriods: Sendable, Equatable {
  /// What a bar of the chart covers.
  public enum Unit: String, Sendable {
    /// A day.
    case day
    /// A week from Monday on, or what the window has of it.
    case week
    /// A month.
    case month
  }

  /// What a bar covers.
  public let unit: Unit
  /// The counts, each under its first day of the window.
  public let periods: [TrendDocument.Day]

  /// How many days there are.
  public let dayCount: Int

  /// How many bars a chart has at most; the last unit has no bound, for there are few months in a life.
  private static let most = 190

  /// Joins days.
  public init(of days: [TrendDocument.Day]) {
    dayCount = days.count
    let unit: Unit =
      days.count <= Self.most ? .day : days.count <= Self.most * 7 ? .week : .month
    self.unit = unit
    periods = unit == .day ? days : Self.joined(days, by: unit)
  }

  /// The first days of the periods.
  public var starts: [CivilDate] { periods.compactMap { CivilDate($0.day) } }

  private static func joined(_ days: [TrendDocument.Day], by unit: Unit) -> [TrendDocument.Day] {
    var periods: [TrendDocument.Day] = []
    for day in days {
      guard let date = CivilDate(day.day) else { continue }
      if periods.isEmpty || isFirst(date, of: unit) {
        periods.append(day)
        if !isFirst(date, of: unit) { periods[periods.count - 1].partial = true }
      } else {
        periods[periods.count - 1].add(day)
      }
    }
    if let last = days.last.flatMap({ CivilDate($0.day) }),
      !isFirst(last.advanced(byDays: 1), of: unit)
    {
      periods[periods.count - 1].partial = true
    }
    return periods
  }

  private static func isFirst(_ date: CivilDate, of unit: Unit) -> Bool {
    switch unit {
    case .day: true
    case .week: date.weekday == 0
    case .month: date.parts.day == 1
    }
  }
}

extension TrendDocument.Day {
  fileprivate mutating func add(_ other: TrendDocument.Day) {
    started += other.started
    completed += other.completed
    complete += other.complete
    rejected += other.rejected
    failed += other.failed
    partial = partial || other.partial
    open = other.open
  }
}
