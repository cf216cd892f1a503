import AuditModel

/// Times in milliseconds in ascending order, of which each is kept as what it adds to the one before.
///
/// That takes one to three bytes a time as a rule instead of eight, and every estimate needs them in this order only.
struct AscendingTimes: Sendable {
  /// How many there are.
  private(set) var count = 0
  /// How many different ones.
  private(set) var distinct = 0
  /// The greatest.
  private(set) var last: Int64?
  /// What each adds, as ``Cursor`` reads it.
  private var steps: [UInt8] = []

  /// Takes times in any order.
  init(_ times: [Int64]) {
    steps.reserveCapacity(times.count * 2)
    for time in times.sorted() {
      let step = step(to: time)
      steps.append(addingCapacity: 10) { $0.append(sevenBits: step) }
    }
  }

  /// Puts times together.
  init(merging runs: ArraySlice<AscendingTimes>) {
    let runs = runs.filter { $0.count > 0 }[...]
    switch runs.count {
    case 0: self.init([])
    case 1: self = runs[runs.startIndex]
    default:
      let middle = runs.startIndex + runs.count / 2
      self.init(
        AscendingTimes(merging: runs[..<middle]), AscendingTimes(merging: runs[middle...]))
    }
  }

  private init(_ one: AscendingTimes, _ other: AscendingTimes) {
    // Of one of them the first time may add more than it did, and nothing takes more than ten bytes.
    let merged = [UInt8](capacity: one.steps.count + other.steps.count + 10) { output in
      var (left, right) = (one.cursor, other.cursor)
      while let time = left.time {
        while let earlier = right.time, earlier < time {
          output.append(sevenBits: step(to: earlier))
          right.advance()
        }
        output.append(sevenBits: step(to: time))
        left.advance()
      }
      while let time = right.time {
        output.append(sevenBits: step(to: time))
        right.advance()
      }
    }
    steps = merged
  }

  /// Counts a time that is not less than the last, and says what it adds.
  private mutating func step(to time: Int64) -> UInt64 {
    if time != last { distinct += 1 }
    count += 1
    defer { last = time }
    // Modulo 2^64, so that the first may be any.
    return UInt64(bitPattern: time &- (last ?? 0))
  }

  /// How many are greater than a limit.
  func count(beyond limit: Int64) -> Int {
    var cursor = cursor
    var passed = 0
    while let time = cursor.time, time <= limit {
      cursor.advance()
      passed += 1
    }
    return count - passed
  }

  /// Those at some places in their order, ascending.
  func times(at places: [Int]) -> [Int64] {
    var cursor = cursor
    var passed = 0
    return places.compactMap { place in
      while passed < place {
        cursor.advance()
        passed += 1
      }
      return cursor.time
    }
  }

  /// A place before the first.
  var cursor: Cursor { Cursor(steps: steps) }

  /// A place between times.
  struct Cursor {
    /// The time that comes next; `nil` at the end.
    private(set) var time: Int64?
    private let steps: [UInt8]
    private var position = 0

    fileprivate init(steps: [UInt8]) {
      self.steps = steps
      advance()
    }

    /// Passes a time.
    mutating func advance() {
      guard position < steps.count else {
        time = nil
        return
      }
      var byte = steps[position]
      var step = UInt64(byte & 0x7F)
      var shift: UInt64 = 7
      position += 1
      while byte >= 0x80 {
        byte = steps[position]
        step |= UInt64(byte & 0x7F) << shift
        shift += 7
        position += 1
      }
      time = (time ?? 0) &+ Int64(bitPattern: step)
    }
  }
}

extension OutputSpan<UInt8> {
  /// Appends a number, seven bits a byte, the lowest first; the highest bit says that more follow.
  fileprivate mutating func append(sevenBits number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }
}

/// Times in milliseconds as they come, packed in ascending runs while they grow.
struct GatheredTimes: Sendable {
  /// Each at least twice as long as the next, so that there are few and a time is moved rarely.
  private var runs: [AscendingTimes] = []
  private var recent: [Int64] = []

  /// How many times wait until they are packed.
  private static let room = 8192

  /// Adds a time.
  mutating func append(_ time: Int64) {
    recent.append(time)
    if recent.count >= Self.room { pack() }
  }

  /// Adds those of another.
  mutating func merge(_ other: GatheredTimes) {
    for run in other.runs { add(run) }
    recent += other.recent
    if recent.count >= Self.room { pack() }
  }

  private mutating func pack() {
    add(AscendingTimes(recent))
    recent.removeAll(keepingCapacity: true)
  }

  private mutating func add(_ run: AscendingTimes) {
    runs.append(run)
    while runs.count > 1, runs[runs.count - 2].count < 2 * runs[runs.count - 1].count {
      let merged = AscendingTimes(merging: runs.suffix(2))
      runs.removeLast(2)
      runs.append(merged)
    }
  }

  /// All of them in order.
  var ascending: AscendingTimes { AscendingTimes(merging: (runs + [AscendingTimes(recent)])[...]) }
}

/// Percentiles of observed values by linear interpolation of order statistics: type 7, Excel's PERCENTILE.INC.
///
/// Source: R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996).
struct QuantileType7 {
  private let times: AscendingTimes
  private var cursor: AscendingTimes.Cursor
  /// How many values lie before the cursor.
  private var passed = 0

  private init(_ times: AscendingTimes) {
    self.times = times
    cursor = times.cursor
  }

  /// The percentile of the values, which must not be less than the one asked for before; `nil` when there are none.
  ///
  /// The position (n − 1) · percent / 100 is split in integers, and one division comes at the end, so that the
  /// result is the nearest `Double` to the exact one. Values must stay below 2^56, which is two million years of milliseconds.
  private mutating func percentile(_ percent: Int) -> Double? {
    guard let last = times.last else { return nil }
    let (index, hundredths) = ((times.count - 1) * percent).quotientAndRemainder(dividingBy: 100)
    while passed < index {
      cursor.advance()
      passed += 1
    }
    let value = cursor.time ?? last
    var next = cursor
    next.advance()
    let rise = (next.time ?? last) - value
    return Double(value * 100 + rise * Int64(hundredths)) / 100
  }

  /// The percentiles of a report: p95 from 20 values on, p99 from 100 on.
  static func percentiles(of times: AscendingTimes) -> PercentilesDocument {
    var quantiles = QuantileType7(times)
    return PercentilesDocument(
      n: times.count, p50: quantiles.percentile(50), p75: quantiles.percentile(75),
      p90: quantiles.percentile(90), p95: times.count >= 20 ? quantiles.percentile(95) : nil,
      p99: times.count >= 100 ? quantiles.percentile(99) : nil, max: times.last.map(Double.init))
  }
}
