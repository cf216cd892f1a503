/// The attributes that a ``MarkupWriter`` can write.
///
/// Where a value names something in the page (an id, a class, a link), it is a literal of the program, which data
/// cannot be; where it is a `String`, the browser only ever shows or compares it.
package enum MarkupAttribute: Sendable {
  /// Who a header cell speaks for.
  package enum Scope: String, Sendable {
    /// The cells below it.
    case col
    /// The cells beside it.
    case row
  }

  /// A corner of a path.
  package struct Point: Sendable, Equatable {
    /// To the right.
    package var x: Double
    /// Downwards.
    package var y: Double

    /// Makes a point.
    package init(x: Double, y: Double) {
      (self.x, self.y) = (x, y)
    }
  }

  /// A place that links and labels point to; the number keeps those of repeated parts apart.
  case id(StaticString, Int? = nil)
  /// A link inside the page, `#…`.
  case anchor(StaticString, Int? = nil)
  /// A link to a file by the parts of its relative path; it can lead nowhere but to a file below or above the page.
  case relativeLink([String])
  /// What the style sheet knows it by.
  case className(StaticString)
  /// What it is for assistive technology, such as `img` for a chart.
  case role(StaticString)
  /// The id of its heading.
  case labelledBy(StaticString, Int? = nil)
  /// The id of a text that explains it.
  case describedBy(StaticString, Int? = nil)
  /// Its name where no heading is shown.
  case label(String)
  /// It is drawn, but not read aloud: the figures beside it say the same.
  case hidden
  /// The keyboard can reach it, so that a wide table can be scrolled.
  case focusable
  /// Which cells a header cell speaks for.
  case scope(Scope)
  /// How many columns a cell takes.
  case columnSpan(Int)
  /// The exact value behind what a `data` element shows.
  case value(String)
  /// The exact instant behind what a `time` element shows.
  case dateTime(String)

  // JUnit
  /// What a suite, a case or a property is called.
  case name(String)
  /// The suite that a case belongs to.
  case suite(String)
  /// Why a gate failed, or was not judged.
  case message(String)
  /// The kind of a failure: the gate's severity.
  case type(String)
  /// How many cases there are.
  case tests(Int)
  /// How many cases failed.
  case failures(Int)
  /// How many cases broke down; a policy has none.
  case errors(Int)
  /// How many cases were not judged.
  case skipped(Int)
  /// How long it took, in seconds.
  case time(Int)

  // SVG, in user units
  /// The size of the drawing's own units, from 0.
  case viewBox(width: Double, height: Double)
  /// The left edge of a bar or a text.
  case x(Double)
  /// The upper edge of a bar, or the base line of a text.
  case y(Double)
  /// How wide a bar or the drawing is.
  case width(Double)
  /// How high a bar or the drawing is.
  case height(Double)
  /// Where a line begins, to the right.
  case x1(Double)
  /// Where a line begins, downwards.
  case y1(Double)
  /// Where a line ends, to the right.
  case x2(Double)
  /// Where a line ends, downwards.
  case y2(Double)
  /// Straight lines from corner to corner, each list a line by itself.
  case path([[Point]])

  /// Its name, and its value before what means something in HTML is escaped.
  var written: (key: StaticString, value: String) {
    switch self {
    case .name(let text): ("name", text)
    case .suite(let text): ("classname", text)
    case .message(let text): ("message", text)
    case .type(let text): ("type", text)
    case .tests(let number): ("tests", String(number))
    case .failures(let number): ("failures", String(number))
    case .errors(let number): ("errors", String(number))
    case .skipped(let number): ("skipped", String(number))
    case .time(let number): ("time", String(number))
    case .id(let name, let number): ("id", Self.identifier(name, number))
    case .anchor(let name, let number): ("href", "#" + Self.identifier(name, number))
    case .relativeLink(let parts):
      ("href", "./" + parts.map(Self.percentEncoded).joined(separator: "/"))
    case .className(let name): ("class", name.description)
    case .role(let name): ("role", name.description)
    case .labelledBy(let name, let number): ("aria-labelledby", Self.identifier(name, number))
    case .describedBy(let name, let number): ("aria-describedby", Self.identifier(name, number))
    case .label(let text): ("aria-label", text)
    case .hidden: ("aria-hidden", "true")
    case .focusable: ("tabindex", "0")
    case .scope(let scope): ("scope", scope.rawValue)
    case .columnSpan(let number): ("colspan", String(number))
    case .value(let text): ("value", text)
    case .dateTime(let text): ("datetime", text)
    case .viewBox(let width, let height):
      ("viewBox", "0 0 \(Self.decimal(width)) \(Self.decimal(height))")
    case .x(let number): ("x", Self.decimal(number))
    case .y(let number): ("y", Self.decimal(number))
    case .width(let number): ("width", Self.decimal(number))
    case .height(let number): ("height", Self.decimal(number))
    case .x1(let number): ("x1", Self.decimal(number))
    case .y1(let number): ("y1", Self.decimal(number))
    case .x2(let number): ("x2", Self.decimal(number))
    case .y2(let number): ("y2", Self.decimal(number))
    case .path(let lines): ("d", lines.map(Self.path).joined())
    }
  }

  /// A part of a path with every byte but letters, digits and `-._~` as `%XX` (RFC 3986, section 2.3).
  private static func percentEncoded(_ part: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = part.utf8.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        [byte]
      default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func identifier(_ name: StaticString, _ number: Int?) -> String {
    name.description + (number.map { "-\($0)" } ?? "")
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
