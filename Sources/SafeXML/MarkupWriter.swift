/// Counts headings, tables and charts of a page, so that they can be cited.
package struct Numbering: Sendable {
  private var section = ""
  private var headings = 0
  private var tables = 0
  private var figures = 0

  /// Begins a section, whose headings are numbered within it.
  package mutating func begin(section: String) {
    self.section = section
    headings = 0
  }

  /// The number of the next heading within the section, `8.2`.
  package mutating func nextHeading() -> String {
    headings += 1
    return "\(section).\(headings)"
  }

  /// `Table 3`.
  package mutating func nextTable() -> String {
    tables += 1
    return "Table \(tables)"
  }

  /// `Figure 3`.
  package mutating func nextFigure() -> String {
    figures += 1
    return "Figure \(figures)"
  }
}

/// Writes HTML and SVG into which data goes only as text and as attribute values.
///
/// Elements and attributes are enumerations, elements close themselves, and there is no way to pass markup
/// through: a hostile string has nowhere to go but onto the page, as text.
package struct MarkupWriter: Sendable {
  /// What has been written, in UTF-8.
  package private(set) var bytes: [UInt8] = []
  /// What the next heading, table and chart is numbered.
  package var numbering = Numbering()

  /// Starts empty.
  package init() {}

  /// Writes an element and what is inside it.
  package mutating func element(
    _ element: MarkupElement, _ attributes: MarkupAttribute...,
    content: (inout MarkupWriter) -> Void
  ) {
    self.element(element, attributes, content: content)
  }

  /// Writes an element and what is inside it.
  package mutating func element(
    _ element: MarkupElement, _ attributes: [MarkupAttribute],
    content: (inout MarkupWriter) -> Void
  ) {
    bytes.append(UInt8(ascii: "<"))
    bytes.append(contentsOf: element.rawValue.utf8)
    for attribute in attributes {
      let (key, value) = attribute.written
      bytes.append(UInt8(ascii: " "))
      bytes.append(contentsOf: key.description.utf8)
      bytes.append(contentsOf: "=\"".utf8)
      Markup.sanitized(value, inAttribute: true, to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
    content(&self)
    bytes.append(contentsOf: "</\(element.rawValue)>".utf8)
  }

  /// Writes an element that holds only text.
  package mutating func element(
    _ element: MarkupElement, _ attributes: MarkupAttribute..., text: String
  ) {
    self.element(element, attributes) { $0.text(text) }
  }

  /// Writes text: escaped, and with what cannot be seen shown as a token, `⟨U+202E⟩`.
  package mutating func text(_ text: String) {
    Markup.sanitized(text, inAttribute: false, to: &bytes)
  }

  /// Writes the value of an attribute that a template left open, without its quotes.
  package mutating func attributeValue(_ value: String) {
    Markup.sanitized(value, inAttribute: true, to: &bytes)
  }

  /// Writes a piece of a template, which is markup already.
  package mutating func literal(_ literal: TemplateLiteral) {
    bytes.append(contentsOf: literal.bytes)
  }

  /// Writes the line that an XML file begins with.
  package mutating func declaration() {
    bytes.append(contentsOf: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
  }

  /// Ends a line, for people who read the source.
  package mutating func newline() {
    bytes.append(UInt8(ascii: "\n"))
  }
}

/// How text is written in HTML, so that it can never become anything but text.
enum Markup {
  /// Appends trusted, well-formed text, with what means something in HTML escaped.
  static func escape(_ text: String, inAttribute: Bool, to output: inout [UInt8]) {
    for byte in text.utf8 { append(byte, inAttribute: inAttribute, to: &output) }
  }

  /// Appends text from anywhere: escaped, and with what cannot be seen or carried shown as a token, `⟨U+0001⟩`.
  static func sanitized(_ text: String, inAttribute: Bool, to output: inout [UInt8]) {
    for scalar in text.unicodeScalars {
      if scalar.isASCII, scalar.value >= 0x20, scalar.value != 0x7F {
        append(UInt8(truncatingIfNeeded: scalar.value), inAttribute: inAttribute, to: &output)
      } else if isShownAsToken(scalar) {
        output.append(contentsOf: token(scalar).utf8)
      } else {
        output.append(contentsOf: UTF8.encode(scalar) ?? .init())
      }
    }
  }

  private static func append(_ byte: UInt8, inAttribute: Bool, to output: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "&"): output.append(contentsOf: "&amp;".utf8)
    case UInt8(ascii: "<"): output.append(contentsOf: "&lt;".utf8)
    case UInt8(ascii: ">"): output.append(contentsOf: "&gt;".utf8)
    case UInt8(ascii: "\"") where inAttribute: output.append(contentsOf: "&quot;".utf8)
    default: output.append(byte)
    }
  }

  /// Controls, format characters (bidi overrides, zero-width and soft hyphens among them), line separators and
  /// noncharacters: invisible at best, and the first and the last not allowed in XML 1.0.
  private static func isShownAsToken(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: scalar.properties.isNoncharacterCodePoint
    }
  }

  private static func token(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "⟨U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "⟩"
  }
}
