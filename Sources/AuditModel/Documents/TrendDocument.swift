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

    /// Makes a day.
    public init(day: String, started: Int, completed: Int) {
      self.day = day
      self.started = started
      self.completed = completed
    }
  }

  /// Every day of the window, zero-filled.
  public var days: [Day]
  /// Terminal instances of the cohort that ended after the window.
  public var completedAfterWindow: Int

  /// Makes the metric.
  public init(days: [Day], completedAfterWindow: Int) {
    self.days = days
    self.completedAfterWindow = completedAfterWindow
  }
}
