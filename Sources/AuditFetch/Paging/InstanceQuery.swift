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
    let query = values.map { "\(dialect.style.name($0))=\(PercentEncoding.encode($1))" }
    return "\(path)/Workflow/Instances?\(query.joined(separator: "&"))"
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
package enum ParameterStyle: String, Sendable, CaseIterable {
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
}

/// Percent-encoding of RFC 3986: everything but letters, digits and `-._~`.
enum PercentEncoding {
  static func encode(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.append(byte)
      default:
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
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

  static func started(before instant: Instant) -> InstanceFilter {
    InstanceFilter(text: "StartDate -lt \"\(literal(instant))\"")
  }

  static func started(from instant: Instant) -> InstanceFilter {
    InstanceFilter(text: "StartDate -ge \"\(literal(instant))\"")
  }

  static func after(_ referenceID: Int64) -> InstanceFilter {
    InstanceFilter(text: "ReferenceId -gt \(referenceID)")
  }

  static func through(_ referenceID: Int64) -> InstanceFilter {
    InstanceFilter(text: "ReferenceId -le \(referenceID)")
  }

  static func within(_ range: ReferenceRange) -> InstanceFilter {
    .after(range.after) && .through(range.through)
  }

  static func id(_ id: InstanceID) -> InstanceFilter {
    InstanceFilter(text: "Id -eq \"\(id)\"")
  }

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

  private static func literal(_ instant: Instant) -> String {
    instant.description.prefix(19) + "Z"
  }
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
