/// Writes HTML and SVG into which data goes only as text and as attribute values.
///
/// Elements and attributes are enumerations, elements close themselves, and there is no way to pass markup
/// through: a hostile string has nowhere to go but onto the page, as text.
package struct MarkupWriter: Sendable {
  /// What has been written, in UTF-8.
  package private(set) var bytes: [UInt8] = []

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
      bytes.append(UInt8(ascii: " "))
      bytes.append(contentsOf: attribute.key.description.utf8)
      bytes.append(contentsOf: "=\"".utf8)
      Markup.sanitized(attribute.text, inAttribute: true, to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
    guard !element.isVoid else { return }
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
