/// An axis of counts from zero, with three to six round ticks.
struct CountScale: Equatable {
  let step: Int
  let top: Int

  /// Makes the scale for counts up to a maximum.
  init(covering maximum: Int) {
    var step = 1
    let factors = [2, 5, 10]
    var magnitude = 1
    var index = 0
    while maximum > step * 5 {
      step = magnitude * factors[index]
      index += 1
      if index == factors.count {
        index = 0
        magnitude *= 10
      }
    }
    self.step = step
    top = max((maximum + step - 1) / step, 1) * step
  }

  var ticks: [Int] { Array(stride(from: 0, through: top, by: step)) }
}
