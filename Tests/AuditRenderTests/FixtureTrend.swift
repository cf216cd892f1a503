import AuditModel

/// A working month: busy from Monday to Friday, quiet at the weekend, a bulge in the middle.
struct FixtureTrend {
  var trend: TrendDocument {
    let first = CivilDate(dayNumber: 20_727)
    let started = (0..<31).map { index in
      let day = CivilDate(dayNumber: first.dayNumber + Int64(index))
      let usual = day.weekday >= 5 ? 31 : 205
      return usual + (index * 37) % 29 + (12...15 ~= index ? 96 : 0)
    }
    let days = started.enumerated().map { index, count in
      TrendDocument.Day(
        day: CivilDate(dayNumber: first.dayNumber + Int64(index)).description, started: count,
        completed: (count * 7 + (index == 0 ? 0 : started[index - 1] * 2)) / 10)
    }
    return TrendDocument(days: days, completedAfterWindow: 118)
  }
}
