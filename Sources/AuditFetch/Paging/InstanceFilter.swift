import AuditModel

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
