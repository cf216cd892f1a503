/// The shares of some group that have ended in each way, as they grow with the time since the start.
public struct CurveChart: Sendable, Equatable {
  /// The shares by a time.
  public struct Point: Sendable, Equatable {
    /// Milliseconds since the start.
    public var time: Int64
    /// The shares that are Complete, Rejected and Failed by then.
    public var shares: [Double]
    /// Whether the table has this time too.
    public var isInTable: Bool

    /// Makes a point.
    public init(time: Int64, shares: [Double], isInTable: Bool) {
      self.time = time
      self.shares = shares
      self.isInTable = isInTable
    }
  }

  /// What it shows.
  public var title: String
  /// Whom it is about, in the server's words.
  public var subject: String?
  /// The points by time, ascending; the shares stay as they are between them.
  public var points: [Point]

  /// Makes a chart.
  public init(title: String, subject: String?, points: [Point]) {
    self.title = title
    self.subject = subject
    self.points = points
  }
}
