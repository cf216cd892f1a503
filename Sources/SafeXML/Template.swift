/// A page with holes: a well-formed HTML document, compiled once into bytes and slots.
///
/// After compiling, rendering touches neither libxml2 nor a tree, so that a table of any length streams through.
package struct Template: Sendable, Equatable {
  /// The pieces, in document order; two literals never follow each other.
  package let parts: [TemplatePart]
  /// The text of each `style` element, exactly as written into the page.
  package let styles: [[UInt8]]
  /// The text of each `script` element, exactly as written into the page.
  package let scripts: [[UInt8]]

  /// The slots, in document order.
  package var slots: [TemplateSlot] {
    parts.compactMap { if case .slot(let slot) = $0 { slot } else { nil } }
  }

  /// Parses and compiles a template.
  ///
  /// - Throws: ``TemplateSyntaxError`` for what is not well-formed XML, for entities and document types with
  ///   declarations, and for what HTML would read differently from XML.
  package init(parsing bytes: [UInt8], named file: String) throws(TemplateSyntaxError) {
    let document = try XMLDocument(parsing: bytes, named: file)
    var compiler = TemplateCompiler(file: file)
    for event in try document.events() { try compiler.add(event) }
    parts = compiler.finish()
    styles = compiler.styles
    scripts = compiler.scripts
  }
}

/// HTML of a template; only a template can make one, so that data is never taken for markup.
package struct TemplateLiteral: Sendable, Equatable {
  /// The markup in UTF-8.
  package let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }
}

/// A piece of a compiled template, in document order.
package enum TemplatePart: Sendable, Equatable {
  /// HTML that is the same in every page, ready to be written.
  case literal(TemplateLiteral)
  /// A hole.
  case slot(TemplateSlot)
  /// The value of the Content-Security-Policy meta element, between its quotes.
  ///
  /// It holds digests of the page's own style, which are not kept up to date by hand. What the
  /// template carries there serves only its preview in a browser.
  case contentSecurityPolicy
}

/// A hole in a template: `<slot name="…" …/>`, with its place.
package struct TemplateSlot: Sendable, Equatable {
  /// One attribute of the slot, `name` left out.
  package struct Attribute: Sendable, Equatable {
    /// The attribute's name.
    package var name: String
    /// Its value.
    package var value: String
  }

  /// What goes into the hole.
  package var name: String
  /// The other attributes, in the order of the template.
  package var attributes: [Attribute]
  /// The element around the slot, in lower case: a paragraph cannot hold a table.
  package var parent: String
  /// The line in the template.
  package var line: Int
}

/// A template that cannot be used, with the place: `report.html:2:15: …`.
package struct TemplateSyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The template's name.
  package var file: String
  /// The line, from 1.
  package var line: Int
  /// The column, from 1; `nil` where only the line is known.
  package var column: Int?
  /// What is wrong, and what to write instead.
  package var message: String

  /// `report.html:2:15`.
  package var place: String { "\(file):\(line)" + (column.map { ":\($0)" } ?? "") }

  /// `report.html:2:15: …`.
  package var description: String { "\(place): \(message)" }
}
