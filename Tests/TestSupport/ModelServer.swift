package import AuditFetch
import AuditModel
import Synchronization

/// `GET /Workflow/Instances` as a function of rows, quirks and a schedule, without a network.
///
/// Time is virtual: a wait moves the clock, and nothing else takes any.
package final class ModelServer: HTTPTransport {
  /// What the schedule may change between two requests.
  package struct State: Sendable {
    /// By reference id, rising.
    package var rows: [ModelRow]
    /// The server's clock, in milliseconds since 1970.
    package var now: Int64
    /// The requests so far, decoded: the filter and the other parameters.
    package var requests: [Asked] = []

    /// The place of a reference id, or where it would stand.
    package func place(of referenceID: Int64) -> Int {
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        if rows[middle].referenceID < referenceID { low = middle + 1 } else { high = middle }
      }
      return low
    }

    /// Inserts or replaces a row.
    package mutating func put(_ row: ModelRow) {
      let place = place(of: row.referenceID)
      if place < rows.count, rows[place].referenceID == row.referenceID {
        rows[place] = row
      } else {
        rows.insert(row, at: place)
      }
    }

    package mutating func remove(_ referenceID: Int64) {
      rows.removeAll { $0.referenceID == referenceID }
    }
  }

  /// A request, decoded.
  package struct Asked: Sendable, Equatable {
    package var filter = ""
    package var page = 1
    package var limit = 50
    package var sortField = ""
    package var isDescending = false
    /// Who asks.
    package var authorization = ""
    /// What the server's clock said.
    package var time: Int64 = 0
  }

  /// Looks at a request before it is answered, and may answer it otherwise; it counts from 0.
  package typealias Interference =
    @Sendable (Int, Asked, inout State) throws(TransportError) -> HTTPResponseValue?
  /// Changes an answer on its way out.
  package typealias Revision = @Sendable (Int, Asked, HTTPResponseValue) -> HTTPResponseValue

  /// Answers requests for tokens, counted from 0.
  package typealias Tokens = @Sendable (Int) -> HTTPResponseValue

  private let state: Mutex<State>
  private let quirks: ModelQuirks
  private let interference: Interference
  private let revision: Revision
  private let tokens: Tokens
  private let tokenRequests = Mutex(0)
  private let epoch = ContinuousClock().now
  private let start: Int64

  package init(
    _ rows: [ModelRow], now: Int64, quirks: ModelQuirks = ModelQuirks(),
    before: @escaping Interference = { (_, _, _) in nil },
    after: @escaping Revision = { $2 },
    tokens: @escaping Tokens = { .json(#"{"access_token":"model\#($0)","expires_in":3600}"#) }
  ) {
    start = now
    state = Mutex(State(rows: rows.sorted { $0.referenceID < $1.referenceID }, now: now))
    self.quirks = quirks
    interference = before
    revision = after
    self.tokens = tokens
  }

  /// How many tokens were asked for.
  package var tokensAsked: Int { tokenRequests.withLock { $0 } }
  package var requests: [Asked] { state.withLock { $0.requests } }
  package var rows: [ModelRow] { state.withLock { $0.rows } }

  /// A network in which every address leads here, and in which time is this server's.
  package var network: Network {
    Network(
      transports: ModelTransportFactory(server: self),
      clock: FetchClock(
        wait: { [self] milliseconds in state.withLock { $0.now += milliseconds } },
        now: { [self] in
          epoch.advanced(by: .milliseconds(state.withLock { $0.now } - start))
        }))
  }

  package func send(
    _ request: HTTPRequestValue
  ) async throws(TransportError) -> HTTPResponseValue {
    try answer(to: request)
  }

  /// Answers a request, in no time.
  package func answer(
    to request: HTTPRequestValue
  ) throws(TransportError) -> HTTPResponseValue {
    guard request.method == .get else {
      return tokens(
        tokenRequests.withLock { number in
          defer { number += 1 }
          return number
        })
    }
    return try state.withLock { (state) throws(TransportError) in
      var asked = decode(request.url)
      asked.time = state.now
      asked.authorization =
        request.headers.first { $0.name == "authorization" }?.value ?? ""
      let number = state.requests.count
      state.requests.append(asked)
      if let answer = try interference(number, asked, &state) { return answer }
      return revision(number, asked, answer(asked, state))
    }
  }

  private func decode(_ url: String) -> Asked {
    var asked = Asked()
    let query = url.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      var name = parts[0].lowercased()
      let value = Self.decoded(parts.count > 1 ? parts[1] : "")
      if name.hasPrefix("pq.") {
        name.removeFirst(3)
      } else if quirks.wantsPrefix {
        continue
      }
      switch name {
      case "querystring": asked.filter = value
      case "pagereturned": asked.page = Int(value) ?? 1
      case "returnlimit": asked.limit = Int(value) ?? 50
      case "sortfield": asked.sortField = value
      case "sortascending": asked.isDescending = value == "1"
      default: break
      }
    }
    return asked
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"),
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func answer(_ asked: Asked, _ state: State) -> HTTPResponseValue {
    var asked = asked
    if quirks.ignoresQuery { asked.filter = "" }
    if asked.filter.contains("ReferenceId"), quirks.refusesReferenceID {
      return refusal("0xA0110008", "Invalid query field: ReferenceId.")
    }
    if quirks.refusedSortFields.contains(asked.sortField) {
      return refusal("0xA011004A", "Invalid sort field: \(asked.sortField).")
    }
    do {
      if asked.filter.contains("StartDate"), quirks.refusesDates {
        throw ModelFilter.Fault.date("")
      }
      return page(asked, try ModelFilter(asked.filter), state)
    } catch {
      return refusal("0xA0110008", "The query is invalid.")
    }
  }

  private func page(_ asked: Asked, _ filter: ModelFilter, _ state: State) -> HTTPResponseValue {
    let filter = quirks.truncatesDates ? filter.withWholeDays : filter
    let matching = self.matching(filter, state)
    var order: [Int]? = nil
    if asked.sortField != "ReferenceId" || quirks.ignoresSort {
      // Without a unique sort field the order is stable here, but not that of the ids.
      order = matching.sorted { left, right in
        let (one, other) = (state.rows[left], state.rows[right])
        if asked.sortField == "StartDate", one.start != other.start {
          return one.start < other.start
        }
        return one.id.utf8.reversed().lexicographicallyPrecedes(other.id.utf8.reversed())
      }
    }
    if asked.isDescending != quirks.invertsSort, !quirks.ignoresSort {
      order = (order ?? Array(matching)).reversed()
    }
    let limit = min(asked.limit, quirks.pageLimit ?? .max)
    let skipped = max(0, asked.page - quirks.firstPage) * limit
    let shown = order.map { Array($0.dropFirst(skipped).prefix(limit + quirks.surplus)) }
    var rows = (shown ?? Array(matching.dropFirst(skipped).prefix(limit + quirks.surplus))).map {
      state.rows[$0]
    }
    if quirks.repeatsFirstPage { rows = Array(state.rows.prefix(limit)) }
    if quirks.shufflesPages { rows.reverse() }
    let body = rows.map { $0.json(statusAsInteger: quirks.statusAsInteger) }
    var response = HTTPResponseValue.json("[\(body.joined(separator: ","))]")
    response.headers += totals(matching: matching.count, of: state).map {
      .init(name: "x-total-count", value: $0)
    }
    response.headers.append(
      .init(name: "date", value: Self.httpDate(state.now + quirks.clockAhead)))
    if let version = quirks.productVersion {
      response.headers.append(.init(name: "x-keyfactor-product-version", value: version))
    }
    return response
  }

  /// The places of the rows that satisfy a filter, by reference id; a range when it is one, for large models.
  private func matching(_ filter: ModelFilter, _ state: State) -> MatchingRows {
    let bounds = filter.bounds
    let first = bounds.above == .min ? 0 : state.place(of: bounds.above + 1)
    let last = bounds.through == .max ? state.rows.count : state.place(of: bounds.through + 1)
    let range = first..<max(first, last)
    if quirks.onlyUser == nil, let low = state.rows.first?.start, let high = state.rows.last?.start,
      low <= high, filter.coversEverything(startingIn: low...high), state.rows.count > 5000
    {
      return MatchingRows(range: range)
    }
    return MatchingRows(
      list: range.filter { place in
        filter.holds(for: state.rows[place])
          && (quirks.onlyUser.map { $0 == state.rows[place].user } ?? true)
      })
  }

  private func totals(matching: Int, of state: State) -> [String] {
    switch quirks.total {
    case .matching: [String(matching)]
    case .matchingPlus(let difference): [String(max(0, matching + difference))]
    case .wholeTable: [String(state.rows.count)]
    case .oneOf(let count): [String(matching / count)]
    case .absent: []
    case .text(let values): values
    }
  }

  private func refusal(_ code: String, _ message: String) -> HTTPResponseValue {
    .json(#"{"ErrorCode":"\#(code)","Message":"\#(message)"}"#, status: 400)
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`.
  package static func httpDate(_ milliseconds: Int64) -> String {
    let text = Instant(milliseconds: milliseconds).description
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let day = days[Int((milliseconds / 86_400_000) % 7)]
    let parts = text.prefix(10).split(separator: "-")
    let month = months[(Int(parts[1]) ?? 1) - 1]
    return "\(day), \(parts[2]) \(month) \(parts[0]) \(text.dropFirst(11).prefix(8)) GMT"
  }
}

/// Places of rows: a list, or a range that is never written out.
private struct MatchingRows: RandomAccessCollection {
  private let range: Range<Int>
  private let list: [Int]?

  init(range: Range<Int>) {
    self.range = range
    list = nil
  }

  init(list: [Int]) {
    range = 0..<list.count
    self.list = list
  }

  var startIndex: Int { 0 }
  var endIndex: Int { range.count }

  subscript(position: Int) -> Int { list.map { $0[position] } ?? range.lowerBound + position }
}

/// Leads everywhere to one server.
private struct ModelTransportFactory: TransportFactory {
  let server: ModelServer

  func with<Value>(
    _ connection: Connection, proxy: ProxyAddress?,
    _ body: (any HTTPTransport) async throws -> Value
  ) async throws -> Value {
    try await body(server)
  }
}

extension ModelFilter {
  /// The filter with its dates cut to whole days.
  fileprivate var withWholeDays: ModelFilter {
    switch self {
    case .start(let comparison, let value):
      .start(comparison, value - value % 86_400_000)
    case .and(let left, let right): .and(left.withWholeDays, right.withWholeDays)
    case .or(let left, let right): .or(left.withWholeDays, right.withWholeDays)
    default: self
    }
  }
}
