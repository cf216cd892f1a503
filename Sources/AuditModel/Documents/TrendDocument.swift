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

    /// Makes a day.
    public init(
      day: String, started: Int, complete: Int, rejected: Int, failed: Int, partial: Bool = false
    ) {
      self.day = day
      self.started = started
      completed = complete + rejected + failed
      self.complete = complete
      self.rejected = rejected
      self.failed = failed
      self.partial = partial
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
    @WrittenNull public var startedRatio: RateRatioDocument?
    /// Ends against those of the week before.
    @WrittenNull public var completedRatio: RateRatioDocument?

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
