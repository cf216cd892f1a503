/// A page with holes: a well-formed HTML document, compiled once into bytes and slots.
///
/// After compiling, rendering touches neither libxml2 nor a tree, so that a table of any length streams through.
public struct Template: Sendable, Equatable {
  /// The pieces, in document order; two literals never follow each other.
  public let parts: [TemplatePart]
  /// The text of each `style` element, exactly as written into the page.
  public let styles: [[UInt8]]
  /// The text of each `script` element, exactly as written into the page.
  public let scripts: [[UInt8]]

  /// The slots, in document order.
  public var slots: [TemplateSlot] {
    parts.compactMap { if case .slot(let slot) = $0 { slot } else { nil } }
  }

  /// Parses and compiles a template.
  ///
  /// - Throws: ``TemplateSyntaxError`` for what is not well-formed XML, for entities and document types with
  ///   declarations, and for what HTML would read differently from XML.
  public init(parsing bytes: [UInt8], named file: String) throws(TemplateSyntaxError) {
    let document = try XMLDocument(parsing: bytes, named: file)
    var compiler = TemplateCompiler(file: file)
    for event in try document.events() { try compiler.add(event) }
    parts = compiler.finish()
    styles = compiler.styles
    scripts = compiler.scripts
  }
}
