import AuditModel

/// One request for instances: every documented parameter of `GET /Workflow/Instances`.
struct InstanceQuery: Sendable, Equatable {
  /// The documented parameters.
  enum Parameter: String, CaseIterable {
    case queryString
    case pageReturned
    case returnLimit
    case sortField
    case sortAscending
  }

  /// What rows are sorted by.
  enum Order: String, Sendable {
    /// Unique: the order of every read that can be proved.
    case referenceID = "ReferenceId"
    case start = "StartDate"
  }

  /// Which instances.
  var filter: InstanceFilter
  /// How many rows to return at most.
  var limit: Int
  /// How many pages to skip; a read by key skips none.
  var skippedPages = 0
  /// What rows are sorted by.
  var order = Order.referenceID
  /// Whether the largest comes first.
  var isDescending = false

  /// Path and query of the request, percent-encoded; a space is `%20`, since not every server reads `+`.
  func target(path: String, dialect: ServerDialect) -> String {
    let values: [(Parameter, String)] = [
      (.queryString, filter.text),
      (.pageReturned, String(skippedPages + dialect.firstPage)),
      (.returnLimit, String(limit)),
      (.sortField, order.rawValue),
      // 0 is ascending, 1 descending: the name reads the other way round, and some servers read it so.
      (.sortAscending, isDescending != dialect.isInverted ? "1" : "0"),
    ]
    return "\(path)/Workflow/Instances?\(dialect.style.query(values))"
  }
}

/// How a server wants to be asked, as far as it departs from the documentation: found out before the first page.
struct ServerDialect: Sendable, Equatable {
  /// How its parameters are named.
  var style = ParameterStyle.bare
  /// Whether SortAscending=1 ascends; documented is that 0 does.
  var isInverted = false
  /// The number of the first page.
  var firstPage = 1
  /// Whether it understands a date in a filter.
  var readsDates = true
  /// Whether rows can be filtered and sorted by reference id; otherwise only offsets are left.
  var pagesByKey = true
}

/// How a server wants its query parameters named; a wrong name is silently ignored, so it must be found out.
enum ParameterStyle: String, Sendable, CaseIterable {
  /// `QueryString`, as documented from version 11 on.
  case bare
  /// `pq.queryString`, as version 10 wants it.
  case prefixed

  /// The names of all parameters, for a message.
  var names: String { InstanceQuery.Parameter.allCases.map(name).joined(separator: ", ") }

  /// The name of a parameter.
  func name(_ parameter: InstanceQuery.Parameter) -> String {
    switch self {
    case .bare: parameter.rawValue.prefix(1).uppercased() + parameter.rawValue.dropFirst()
    case .prefixed: "pq." + parameter.rawValue
    }
  }

  /// A query of some values.
  func query(_ values: [(InstanceQuery.Parameter, String)]) -> String {
    PercentEncoding.encode(values.map { (name($0), $1) })
  }
}

/// Percent-encoding of RFC 3986: everything but letters, digits and `-._~`.
enum PercentEncoding {
  /// Fields of a query or a form.
  static func encode(_ fields: [(name: String, value: String)]) -> String {
    fields.map { "\($0)=\(encode($1))" }.joined(separator: "&")
  }

  /// One text.
  static func encode(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = text.utf8.flatMap { byte in
      byte.isASCIIAlphanumeric || "-._~".utf8.contains(byte)
        ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A filter in the server's query language, built from the few predicates that a read needs.
struct InstanceFilter: Sendable, Equatable {
  /// The filter's text; empty for none.
  private(set) var text = ""

  /// A filter that no instance can satisfy: a server that answers it with rows ignores filters.
  static let impossible = InstanceFilter(text: "ReferenceId -lt 0")

  /// The same for a server that does not know `ReferenceId` in filters.
  static let impossibleDate = InstanceFilter(text: #"StartDate -lt "1900-01-01T00:00:00Z""#)

  /// No condition at all.
  static let none = InstanceFilter()

  /// Instances that started within a window, in whole seconds; windows are asked for wider than they are.
  static func started(in window: Window) -> InstanceFilter {
    InstanceFilter(
      text:
        "(StartDate -ge \"\(literal(window.from))\" AND StartDate -lt \"\(literal(window.to))\")")
  }

  static func started(before instant: Instant) -> Self {
    Self(text: "StartDate -lt \"\(literal(instant))\"")
  }

  static func started(from instant: Instant) -> Self {
    Self(text: "StartDate -ge \"\(literal(instant))\"")
  }

  static func after(_ referenceID: Int64) -> Self { Self(text: "ReferenceId -gt \(referenceID)") }

  static func through(_ referenceID: Int64) -> Self { Self(text: "ReferenceId -le \(referenceID)") }

  static func within(_ range: ReferenceRange) -> InstanceFilter {
    .after(range.after) && .through(range.through)
  }

  static func id(_ id: InstanceID) -> Self { Self(text: "Id -eq \"\(id)\"") }

  static func status(anyOf names: [String]) -> InstanceFilter {
    let tests = names.map { "Status -eq \"\($0)\"" }
    return InstanceFilter(text: "(\(tests.joined(separator: " OR ")))")
  }

  /// Rows of the audit log in a span, whose ends are taken in.
  static func logged(in span: Range<Instant>) -> InstanceFilter {
    InstanceFilter(
      text:
        "Timestamp -ge \"\(literal(span.lowerBound))\" AND Timestamp -le \"\(literal(span.upperBound))\""
    )
  }

  static func && (left: InstanceFilter, right: InstanceFilter) -> InstanceFilter {
    if left.text.isEmpty { return right }
    return right.text.isEmpty ? left : InstanceFilter(text: "\(left.text) AND \(right.text)")
  }

  private static func literal(_ instant: Instant) -> String { instant.description.prefix(19) + "Z" }
}

/// A range of reference ids: above the first, up to and including the second.
struct ReferenceRange: Sendable, Hashable {
  var after: Int64
  var through: Int64

  /// The range in at most so many parts, of the same width from an id on; the first also has what lies before.
  func split(into parts: Int, from first: Int64) -> [ReferenceRange] {
    let start = max(after, first)
    let step = (through - start) / Int64(parts)
    guard parts > 1, step > 0 else { return [self] }
    return (0..<parts).map { part in
      ReferenceRange(
        after: part == 0 ? after : start + Int64(part) * step,
        through: part == parts - 1 ? through : start + Int64(part + 1) * step)
    }
  }
}
