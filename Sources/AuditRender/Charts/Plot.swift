/// Where the days and counts of a chart lie on the page.
struct Plot {
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  let scale: CountScale
  /// Days.
  let count: Int

  /// The width of a day.
  var step: Double { (right - left) / Double(max(count, 1)) }

  /// The width of a bar: its day less a gap, as long as there is room for one, and never a slab.
  var barWidth: Double { step > 4 ? min(step * 0.72, 44) : step }

  func left(of index: Int) -> Double { left + Double(index) * step }

  func centre(_ index: Int) -> Double { left + (Double(index) + 0.5) * step }

  func y(_ number: Int) -> Double {
    bottom - (bottom - top) * Double(number) / Double(scale.top)
  }
}
