import AuditModel

/// When a user's requests start, as far as that tells a program from a person.
struct UserBehaviour {
  private(set) var requests = 0
  private var hours = Set<Int64>()
  private var weekend = 0
  private var minutes = [Int](repeating: 0, count: 60)
  private(set) var spelling: Name

  /// With how many requests a user is looked at.
  private static let fewest = 50
  /// A person has starts in fewer hours of the day, of 24.
  private static let leastHours = 18
  /// A person works on weekends less, in percent; 2 days of 7 are 29 %.
  private static let leastWeekend = 20
  /// A person does not start so many at one minute of the hour, in percent.
  private static let leastAtOneMinute = 80

  init(spelling: Name) {
    self.spelling = spelling
  }

  /// Adds a request.
  mutating func add(_ start: Instant) {
    requests += 1
    let day = CivilZone.utc.date(of: start)
    let minute = (start.milliseconds - day.dayNumber * 86_400_000) / 60_000
    hours.insert(minute / 60)
    minutes[Int(minute % 60)] += 1
    if day.weekday >= 5 { weekend += 1 }
  }

  /// Why the user seems to be a program, with the numbers; `nil` when it does not.
  var reason: String? {
    guard requests >= Self.fewest else { return nil }
    let share = weekend * 100 / requests
    if hours.count >= Self.leastHours, share >= Self.leastWeekend {
      return
        "\(requests) requests, in \(hours.count) of 24 hours of the day, \(share)% on Saturdays and Sundays (UTC)"
    }
    let most = (minutes.max() ?? 0) * 100 / requests
    return most >= Self.leastAtOneMinute
      ? "\(requests) requests, \(most)% of them at one minute of the hour" : nil
  }
}
