/// Turns a parsed template into HTML5 bytes and holes.
///
/// None of libxml2's serialisers gives what browsers read: they nest what follows a void element, inject meta
/// elements or escape style sheets. HTML's own rules are few, and they are here.
struct TemplateCompiler {
  private(set) var styles: [[UInt8]] = []
  private(set) var scripts: [[UInt8]] = []
  private let file: String
  private var parts: [TemplatePart] = []
  private var literal: [UInt8] = Array("<!DOCTYPE html>\n".utf8)
  private var open: [Element] = []
  /// How many elements deep we are inside a slot, whose content is only its preview.
  private var previewDepth = 0

  private struct Element {
    var name: String
    var line: Int
    var raw: [UInt8]?
    var isEmpty = true
  }

  init(file: String) {
    self.file = file
  }

  mutating func add(_ event: XMLEvent) throws(TemplateSyntaxError) {
    switch event {
    case .open(let name, let attributes, let line):
      try start(name.lowercased(), spelling: name, attributes, line: line)
    case .text(let text): try add(text)
    case .close: try end()
    }
  }

  mutating func finish() -> [TemplatePart] {
    literal.append(UInt8(ascii: "\n"))
    flush()
    return parts
  }

  private mutating func start(
    _ name: String, spelling: String, _ attributes: [XMLEvent.Attribute], line: Int
  ) throws(TemplateSyntaxError) {
    if previewDepth > 0 {
      if name == "slot" { throw error("a slot cannot stand inside another slot.", line) }
      previewDepth += 1
      return
    }
    try check(name, line: line)
    if name == "slot" {
      try addSlot(attributes, line: line)
      previewDepth = 1
      return
    }
    if !open.isEmpty { open[open.count - 1].isEmpty = false }
    literal.append(UInt8(ascii: "<"))
    literal.append(contentsOf: spelling.utf8)
    try write(attributes, of: name, line: line)
    literal.append(UInt8(ascii: ">"))
    open.append(Element(name: spelling, line: line, raw: Self.rawText.contains(name) ? [] : nil))
  }

  private func check(_ name: String, line: Int) throws(TemplateSyntaxError) {
    if open.isEmpty, name != "html" {
      throw error("the outermost element must be html, not \(name).", line)
    }
    if let parent = open.last {
      if Self.void.contains(parent.name.lowercased()) {
        throw error("\(parent.name) cannot contain anything.", line)
      }
      if parent.raw != nil {
        throw error("\(parent.name) can contain only text, no \(name).", line)
      }
    }
    if Self.refused.contains(name) {
      throw error("HTML reads the content of \(name) as text, not as elements; leave it out.", line)
    }
    if Self.rawText.contains(name),
      let foreign = open.map({ $0.name.lowercased() }).first(where: Self.foreign.contains)
    {
      throw error(
        "\(name) inside \(foreign) is read differently by every parser; put it into head.", line)
    }
    guard let first = name.utf8.first, first &- UInt8(ascii: "a") < 26 else {
      throw error("HTML takes <\(name)> for text: names of elements begin with a to z.", line)
    }
  }

  private mutating func addSlot(
    _ attributes: [XMLEvent.Attribute], line: Int
  ) throws(TemplateSyntaxError) {
    guard let first = attributes.first, first.name == "name", !first.value.isEmpty else {
      throw error("a slot begins with its name: <slot name=\"…\">.", line)
    }
    flush()
    parts.append(
      .slot(
        TemplateSlot(
          name: first.value,
          attributes: attributes.dropFirst().map { .init(name: $0.name, value: $0.value) },
          parent: open.last?.name.lowercased() ?? "", line: line)))
    if !open.isEmpty { open[open.count - 1].isEmpty = false }
  }

  private mutating func write(
    _ attributes: [XMLEvent.Attribute], of name: String, line: Int
  ) throws(TemplateSyntaxError) {
    let isPolicy =
      name == "meta"
      && attributes.contains {
        $0.name == "http-equiv" && $0.value.lowercased() == "content-security-policy"
      }
    var names: Set<String> = []  // text: names of attributes
    for attribute in attributes {
      guard names.insert(attribute.name.lowercased()).inserted else {
        throw error("HTML sees \(attribute.name) twice here and drops the second.", line)
      }
      if attribute.name.lowercased() == "style"
        || attribute.name.lowercased().utf8.starts(with: "on".utf8)
      {
        throw error(
          "the page's security policy forbids \(attribute.name) attributes; leave it out.", line)
      }
      literal.append(UInt8(ascii: " "))
      literal.append(contentsOf: attribute.name.utf8)
      literal.append(contentsOf: "=\"".utf8)
      if isPolicy, attribute.name == "content" {
        flush()
        parts.append(.contentSecurityPolicy)
      } else {
        Markup.escape(attribute.value, inAttribute: true, to: &literal)
      }
      literal.append(UInt8(ascii: "\""))
    }
  }

  private mutating func add(_ text: String) throws(TemplateSyntaxError) {
    guard previewDepth == 0, let parent = open.last, !text.isEmpty else { return }
    let last = open.count - 1
    defer { open[last].isEmpty = false }
    if open[last].raw != nil {
      open[last].raw?.append(contentsOf: text.utf8)
      return
    }
    let name = parent.name.lowercased()
    if Self.void.contains(name) {
      throw error("\(parent.name) cannot contain anything.", parent.line)
    }
    // HTML drops the first line feed inside these.
    if parent.isEmpty, name == "pre" || name == "textarea", text.utf8.first == UInt8(ascii: "\n") {
      literal.append(UInt8(ascii: "\n"))
    }
    Markup.escape(text, inAttribute: false, to: &literal)
  }

  private mutating func end() throws(TemplateSyntaxError) {
    if previewDepth > 0 {
      previewDepth -= 1
      return
    }
    guard let element = open.popLast() else { return }
    let name = element.name.lowercased()
    if let raw = element.raw {
      try writeRaw(raw, of: element)
      if name == "style" { styles.append(raw) } else { scripts.append(raw) }
    }
    if !Self.void.contains(name) { literal.append(contentsOf: "</\(element.name)>".utf8) }
  }

  /// Style sheets and scripts are not escaped in HTML, so what would end them early cannot be written at all.
  private mutating func writeRaw(_ raw: [UInt8], of element: Element) throws(TemplateSyntaxError) {
    for index in raw.indices where raw[index] == UInt8(ascii: "<") {
      let rest = raw[(index + 1)...]
      if rest.first == UInt8(ascii: "/") || rest.starts(with: "!--".utf8) {
        throw error("\(element.name) cannot contain </ or <!--.", element.line)
      }
    }
    literal.append(contentsOf: raw)
  }

  private mutating func flush() {
    if !literal.isEmpty { parts.append(.literal(TemplateLiteral(literal))) }
    literal = []
  }

  private func error(_ message: String, _ line: Int) -> TemplateSyntaxError {
    TemplateSyntaxError(file: file, line: line, column: nil, message: message)
  }

  /// HTML Living Standard 13.1.2, void elements.
  private static let void: Set<String> = [  // text: names of elements
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
  ]
  private static let rawText: Set<String> = ["script", "style"]  // text: names of elements
  /// Within these a browser reads style sheets and scripts as markup.
  private static let foreign: Set<String> = ["math", "svg"]  // text: names of elements
  /// HTML Living Standard 13.2.6.4: elements whose content a browser may take as text.
  private static let refused: Set<String> = [  // text: names of elements
    "iframe", "noembed", "noframes", "noscript", "plaintext", "xmp",
  ]
}
