import AuditModel

/// The labels of an axis of days: days, Mondays or first days of months, evenly thinned until they fit.
struct DayLabels {
  /// A label under a day.
  struct Label: Equatable {
    var index: Int
    var text: String
    /// The day, week or month, counted from the epoch, so that thinning keeps an even rhythm.
    var ordinal: Int64
  }

  let days: [TrendDocument.Day]
  let letterWidth: Double

  /// The labels for a plot, with some air between them.
  func fitting(_ plot: Plot) -> [Label] {
    let candidates = days.indices.compactMap { index in
      CivilDate(days[index].day).flatMap { label(of: $0, at: index) }
    }
    for stride: Int64 in [1, 2, 3, 6, 12, 24, 60, 120] {
      let labels = candidates.filter { $0.ordinal % stride == 0 }.filter { isInside($0, of: plot) }
      let gaps = zip(labels, labels.dropFirst()).map { left, right in
        plot.centre(right.index) - plot.centre(left.index) - width(of: left) / 2 - width(of: right)
          / 2
      }
      if gaps.allSatisfy({ $0 >= 10 }) { return labels }
    }
    return []
  }

  private func label(of date: CivilDate, at index: Int) -> Label? {
    if days.count <= 120 {
      guard days.count <= 14 || date.weekday == 0 else { return nil }
      return Label(
        index: index, text: Readable.shortDay(date),
        ordinal: days.count <= 14 ? date.dayNumber : (date.dayNumber + 3) / 7)
    }
    let (year, month, day) = date.parts
    guard day == 1 else { return nil }
    return Label(
      index: index, text: "\(Readable.month(date).prefix(3)) \(year)",
      ordinal: year * 12 + month - 1)
  }

  private func isInside(_ label: Label, of plot: Plot) -> Bool {
    let x = plot.centre(label.index)
    return x - width(of: label) / 2 >= 0 && x + width(of: label) / 2 <= plot.right + 4
  }

  private func width(of label: Label) -> Double {
    Double(label.text.count) * letterWidth
  }
}
