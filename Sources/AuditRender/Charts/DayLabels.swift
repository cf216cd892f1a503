import AuditModel

/// The labels of an axis of days: days, Mondays or months, evenly thinned until they fit.
struct DayLabels {
  /// A label under a day.
  struct Label: Equatable {
    var index: Int
    var text: String
    /// The day, week or month, counted from the epoch, so that thinning keeps an even rhythm.
    var ordinal: Int64
  }

  /// The first days of what lies along the axis: days, weeks or months.
  let starts: [CivilDate]
  let letterWidth: Double

  /// The labels for a plot, with some air between them.
  func fitting(_ plot: Plot) -> [Label] {
    let candidates = starts.indices.compactMap(label)
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

  /// The days from the first to the last.
  private var length: Int64 {
    guard let first = starts.first, let last = starts.last else { return 0 }
    return last.dayNumber - first.dayNumber + 1
  }

  private func label(at index: Int) -> Label? {
    let date = starts[index]
    if length <= 120 {
      guard length <= 14 || date.weekday == 0 else { return nil }
      return Label(
        index: index, text: DisplayFormat.shortDay(date),
        ordinal: length <= 14 ? date.dayNumber : (date.dayNumber + 3) / 7)
    }
    let (year, month, day) = date.parts
    guard index == 0 ? day == 1 : starts[index - 1].parts.month != month else { return nil }
    return Label(
      index: index, text: "\(DisplayFormat.month(date).prefix(3)) \(year)",
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
