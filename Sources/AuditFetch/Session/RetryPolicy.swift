package import AuditModel

/// Decides whether a failed request is sent again, and when; it neither waits nor sends.
///
/// Five attempts a request with jitter (M. Brooker, "Exponential Backoff And Jitter", 2015), a budget over the whole run
/// so that a server in trouble is not made worse, and a circuit that opens after five failures in a row.
///
/// Of each wait but the first, half is fixed: the four of them together last 20 seconds at least, in which a server is
/// restarted. After a timeout, which was a wait itself, the whole is drawn.
struct RetryPolicy: Sendable {
  /// How a request failed.
  enum Failure: Equatable {
    /// It may pass; the server may say when.
    case passing(FetchError, retryAfter: String?)
    /// Nothing came in time: a smaller page may.
    case timeout(FetchError)
    /// It will hardly pass: one more attempt is enough.
    case unlikely(FetchError)
    /// It would fail again.
    case lasting(FetchError)
  }

  /// What to do.
  enum Decision: Equatable {
    case again(afterMilliseconds: Int64)
    case giveUp(FetchError)
  }

  private var requests = 0
  private var retries = 0
  private var failuresInARow = 0

  private static let attempts = 5
  private static let fewAttempts = 2
  /// The longest wait after the first, second, … attempt, in milliseconds.
  private static let caps: [Int64] = [500, 2000, 8000, 30_000]
  private static let longestWait: Int64 = 120_000
  private static let freeRetries = 10
  private static let retriesPerRequest = 0.2

  /// Notes a request that is about to be sent for the first time.
  mutating func begin() { requests += 1 }

  /// Notes an answer.
  mutating func succeed() { failuresInARow = 0 }

  /// Decides after a failure; `attempt` counts from 1, `date` is the server's clock for a Retry-After that names a date.
  mutating func decide(
    on failure: Failure, attempt: Int, date: Instant?, random: inout some RandomNumberGenerator
  ) -> Decision {
    failuresInARow += 1
    let error: FetchError
    var wait: Int64?
    var attempts = Self.attempts
    switch failure {
    case .lasting(let lasting): return .giveUp(lasting)
    case .unlikely(let unlikely):
      error = unlikely
      attempts = Self.fewAttempts
    case .timeout(let timeout): error = timeout
    case .passing(let passing, let retryAfter):
      error = passing
      wait = retryAfter.flatMap { RetryAfter.milliseconds($0, date: date) }
    }
    guard attempt < attempts, failuresInARow < Self.attempts else {
      return .giveUp(
        .exhausted(attempts: attempt, last: error.message))
    }
    if let wait, wait > Self.longestWait {
      return .giveUp(.askedToWait(seconds: wait / 1000, last: error.description))
    }
    guard Double(retries) < Self.retriesPerRequest * Double(requests) + Double(Self.freeRetries)
    else {
      return .giveUp(.budgetSpent(retries: retries, requests: requests, last: error.description))
    }
    retries += 1
    let cap = Self.caps[min(attempt, Self.caps.count) - 1]
    let fixed = attempt == 1 || failure.wasWait || wait != nil ? 0 : cap / 2
    let jitter = Int64.random(in: fixed...cap, using: &random)
    return .again(afterMilliseconds: wait.map { $0 + jitter } ?? jitter)
  }
}

extension RetryPolicy.Failure {
  /// Tells what may pass from what would fail again.
  init(_ error: FetchError) {
    switch error {
    case .busy(_, _, let retryAfter): self = .passing(error, retryAfter: retryAfter)
    case .transport(.unknownHost): self = .unlikely(error)
    case .transport(.unreachable): self = .passing(error, retryAfter: nil)
    case .transport(.timedOut), .transport(.connectTimedOut): self = .timeout(error)
    default: self = .lasting(error)
    }
  }

  /// Whether the failure was a long wait itself.
  fileprivate var wasWait: Bool { if case .timeout = self { true } else { false } }
}

/// Lets one request at a time be sent again: when a server is away, requests side by side fail side by side, and one of
/// them is enough to find out when it is back.
actor RetryGate {
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Waits until nobody else sends again.
  func enter() async {
    if !isTaken {
      isTaken = true
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  /// Lets the next one in.
  func leave() {
    if waiting.isEmpty {
      isTaken = false
    } else {
      waiting.removeFirst().resume()
    }
  }
}

/// Reads the Retry-After header: seconds, or an HTTP date.
enum RetryAfter {
  /// The wait in milliseconds; `nil` for anything that names no time to come.
  static func milliseconds(_ value: String, date: Instant?) -> Int64? {
    if let seconds = Int64(value), seconds >= 0 {
      let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
      return overflow ? .max : milliseconds
    }
    guard let until = HTTPDate.instant(value), let date, until > date else { return nil }
    return until.milliseconds(since: date)
  }
}

/// Reads the `Date` header, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
package enum HTTPDate {
  /// The instant of a header's value; `nil` for anything else.
  package static func instant(_ text: String) -> Instant? {
    let words = text.parts(at: " ")
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    guard words.count == 6, words[5] == "GMT",
      let month = months.firstIndex(of: words[2])
    else { return nil }
    let number = String(month + 1)
    let padded = number.utf8.count == 1 ? "0" + number : number
    return Instant(rfc3339: "\(words[3])-\(padded)-\(words[1])T\(words[4])Z")
  }
}

/// How many rows to ask for: half as many after a timeout, and more again when the server keeps up.
struct PageSize: Sendable, Equatable {
  /// The current size.
  private(set) var rows: Int
  private var largest: Int
  private var kept = 0

  private static let smallest = 10
  /// Pages in time before the size grows again.
  private static let pagesBeforeGrowth = 5

  init(_ largest: Int) {
    rows = largest
    self.largest = largest
  }

  /// The server returns no more than this, whatever is asked for.
  mutating func clamp(to returned: Int) {
    largest = min(largest, max(1, returned))
    rows = min(rows, largest)
  }

  mutating func shrink() {
    rows = max(min(Self.smallest, largest), rows / 2)
    kept = 0
  }

  mutating func keepUp() {
    guard rows < largest else { return }
    kept += 1
    guard kept == Self.pagesBeforeGrowth else { return }
    rows = min(largest, rows * 2)
    kept = 0
  }
}
