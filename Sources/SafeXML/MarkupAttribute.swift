/// The attributes that a ``MarkupWriter`` can write.
///
/// Where a value names something in the page (an id, a class, a link), it is a literal of the program, which data
/// cannot be; where it is a `String`, the browser only ever shows or compares it.
public enum MarkupAttribute: Sendable {
  /// Who a header cell speaks for.
  public enum Scope: String, Sendable {
    case col
    case colgroup
    case row
  }

  /// A corner of a path.
  public struct Point: Sendable, Equatable {
    /// To the right.
    public var x: Double
    /// Downwards.
    public var y: Double

    /// Makes a point.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  case id(StaticString, Int? = nil)
  /// A link inside the page, `#…`.
  case anchor(StaticString, Int? = nil)
  case className(StaticString)
  case role(StaticString)
  case labelledBy(StaticString, Int? = nil)
  case describedBy(StaticString, Int? = nil)
  case label(String)
  case hidden
  case focusable
  case scope(Scope)
  case columnSpan(Int)
  /// The exact value behind what a `data` element shows.
  case value(String)
  /// The exact instant behind what a `time` element shows.
  case dateTime(String)

  // JUnit
  case name(String)
  /// The suite that a case belongs to.
  case suite(String)
  case message(String)
  case type(String)
  case tests(Int)
  case failures(Int)
  case errors(Int)
  case skipped(Int)
  /// How long it took, in seconds.
  case time(Int)

  // SVG, in user units
  case viewBox(width: Double, height: Double)
  case x(Double)
  case y(Double)
  case width(Double)
  case height(Double)
  case x1(Double)
  case y1(Double)
  case x2(Double)
  case y2(Double)
  /// Straight lines from corner to corner, each list a line by itself.
  case path([[Point]])

  var key: StaticString {
    switch self {
    case .name: "name"
    case .suite: "classname"
    case .message: "message"
    case .type: "type"
    case .tests: "tests"
    case .failures: "failures"
    case .errors: "errors"
    case .skipped: "skipped"
    case .time: "time"
    case .id: "id"
    case .anchor: "href"
    case .className: "class"
    case .role: "role"
    case .labelledBy: "aria-labelledby"
    case .describedBy: "aria-describedby"
    case .label: "aria-label"
    case .hidden: "aria-hidden"
    case .focusable: "tabindex"
    case .scope: "scope"
    case .columnSpan: "colspan"
    case .value: "value"
    case .dateTime: "datetime"
    case .viewBox: "viewBox"
    case .x: "x"
    case .y: "y"
    case .width: "width"
    case .height: "height"
    case .x1: "x1"
    case .y1: "y1"
    case .x2: "x2"
    case .y2: "y2"
    case .path: "d"
    }
  }

  var text: String {
    switch self {
    case .id(let name, let number), .labelledBy(let name, let number),
      .describedBy(let name, let number):
      name.description + Self.suffix(number)
    case .anchor(let name, let number): "#" + name.description + Self.suffix(number)
    case .className(let name), .role(let name): name.description
    case .label(let text), .value(let text), .dateTime(let text), .name(let text),
      .suite(let text), .message(let text), .type(let text):
      text
    case .hidden: "true"
    case .focusable: "0"
    case .scope(let scope): scope.rawValue
    case .columnSpan(let number), .tests(let number), .failures(let number), .errors(let number),
      .skipped(let number), .time(let number):
      String(number)
    case .viewBox(let width, let height): "0 0 \(Self.decimal(width)) \(Self.decimal(height))"
    case .x(let number), .y(let number), .width(let number), .height(let number),
      .x1(let number), .y1(let number), .x2(let number), .y2(let number):
      Self.decimal(number)
    case .path(let lines): lines.map(Self.path).joined()
    }
  }

  private static func suffix(_ number: Int?) -> String {
    number.map { "-\($0)" } ?? ""
  }

  /// Most lines of step curves go straight across or straight up, and are written shorter than others.
  private static func path(_ points: [Point]) -> String {
    var text = ""
    var (x, y) = ("", "")
    for point in points {
      let next = (x: decimal(point.x, of: 10), y: decimal(point.y, of: 10))
      if text.isEmpty {
        text = "M\(next.x),\(next.y)"
      } else if next.y == y, next.x != x {
        text += "H\(next.x)"
      } else if next.x == x, next.y != y {
        text += "V\(next.y)"
      } else if next != (x, y) {
        text += "L\(next.x),\(next.y)"
      }
      (x, y) = next
    }
    return text
  }

  /// Two decimals are finer than any screen.
  private static func decimal(_ number: Double, of parts: Double = 100) -> String {
    let rounded = (number * parts).rounded() / parts
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
  }
}
