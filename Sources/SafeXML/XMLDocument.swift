private import CLibXML2

/// A well-formed document: the one owner of libxml2's tree, and the only code that follows its pointers.
///
/// Nothing is fetched, no entity is expanded, no document type with declarations is accepted. A document is read
/// and freed by its maker; node pointers do not leave this file.
@safe
struct XMLDocument: ~Copyable {
  private let file: String
  private let document: xmlDocPtr

  private static let isParserReady: Void = xmlInitParser()

  deinit {
    unsafe xmlFreeDoc(document)
  }

  /// Parses UTF-8 bytes.
  init(parsing bytes: [UInt8], named file: String) throws(TemplateSyntaxError) {
    Self.isParserReady
    guard let length = Int32(exactly: bytes.count), length > 0 else {
      throw TemplateSyntaxError(
        file: file, line: 1, column: nil,
        message: bytes.isEmpty ? "the template is empty." : "the template is too large.")
    }
    let problems = Problems()
    let parsed = unsafe Self.parse(bytes, length: length, problems: problems)
    guard let document = unsafe parsed else {
      throw problems.error(in: file)
    }
    guard unsafe !Self.hasDeclarations(document) else {
      unsafe xmlFreeDoc(document)
      throw TemplateSyntaxError(
        file: file, line: 1, column: nil,
        message: "a document type with declarations is not allowed; write <!DOCTYPE html> alone.")
    }
    self.file = file
    unsafe self.document = document
  }

  private static func parse(_ bytes: [UInt8], length: Int32, problems: Problems) -> xmlDocPtr? {
    guard let context = unsafe xmlNewParserCtxt() else { return nil }
    defer { unsafe xmlFreeParserCtxt(context) }
    // The parser hands its own context to the callback; what is ours travels in its `_private`.
    unsafe context.pointee._private = Unmanaged.passUnretained(problems).toOpaque()
    unsafe context.pointee.sax.pointee.serror = { context, problem in
      guard let problem = unsafe problem, let context = unsafe context,
        let box = unsafe context.assumingMemoryBound(to: xmlParserCtxt.self).pointee._private
      else { return }
      let problems = unsafe Unmanaged<Problems>.fromOpaque(box).takeUnretainedValue()
      unsafe problems.add(problem.pointee)
    }
    let options =
      XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
      | XML_PARSE_NOCDATA.rawValue
    let document = unsafe withExtendedLifetime(problems) {
      unsafe bytes.withUnsafeBytes { buffer in
        unsafe xmlCtxtReadMemory(
          context, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), length, nil, "UTF-8",
          Int32(options))
      }
    }
    guard let document = unsafe document else { return nil }
    // A name with an undeclared prefix is only a namespace error, after which there is still a tree.
    guard problems.isEmpty else {
      unsafe xmlFreeDoc(document)
      return nil
    }
    return unsafe document
  }

  private static func hasDeclarations(_ document: xmlDocPtr) -> Bool {
    guard let subset = unsafe xmlGetIntSubset(document) else { return false }
    return unsafe subset.pointee.children != nil || subset.pointee.ExternalID != nil
      || subset.pointee.SystemID != nil
  }

  /// The whole document; comments are left out.
  borrowing func events() throws(TemplateSyntaxError) -> [XMLEvent] {
    var events: [XMLEvent] = []
    guard let root = unsafe xmlDocGetRootElement(document) else { return [] }
    try unsafe append(root, to: &events)
    return events
  }

  private borrowing func append(
    _ node: xmlNodePtr, to events: inout [XMLEvent]
  ) throws(TemplateSyntaxError) {
    let line = unsafe Int(xmlGetLineNo(node))
    switch unsafe node.pointee.type {
    case XML_ELEMENT_NODE:
      let name = unsafe Self.string(node.pointee.name)
      try unsafe refusePrefix(node.pointee.ns, of: name, line: line)
      try unsafe events.append(.open(name: name, attributes: attributes(of: node), line: line))
      var child = unsafe node.pointee.children
      while let current = unsafe child {
        try unsafe append(current, to: &events)
        unsafe child = current.pointee.next
      }
      events.append(.close)
    case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
      unsafe events.append(.text(Self.string(node.pointee.content)))
    case XML_COMMENT_NODE:
      break
    default:
      throw TemplateSyntaxError(
        file: file, line: line, column: nil,
        message: "only elements, text and comments are allowed; this is a processing instruction "
          + "or an entity.")
    }
  }

  private borrowing func attributes(
    of node: xmlNodePtr
  ) throws(TemplateSyntaxError) -> [XMLEvent.Attribute] {
    var attributes: [XMLEvent.Attribute] = []
    var next = unsafe node.pointee.properties
    while let attribute = unsafe next {
      let name = unsafe Self.string(attribute.pointee.name)
      try unsafe refusePrefix(
        attribute.pointee.ns, of: name, line: Int(xmlGetLineNo(node)))
      let value = unsafe xmlNodeListGetString(document, attribute.pointee.children, 1)
      defer { unsafe kf_xmlFree(value) }
      unsafe attributes.append(XMLEvent.Attribute(name: name, value: Self.string(value)))
      unsafe next = attribute.pointee.next
    }
    return attributes
  }

  private borrowing func refusePrefix(
    _ space: xmlNsPtr?, of name: String, line: Int
  ) throws(TemplateSyntaxError) {
    guard let prefix = unsafe space?.pointee.prefix else { return }
    throw unsafe TemplateSyntaxError(
      file: file, line: line, column: nil,
      message:
        "HTML has no prefixed names; write \(name) instead of \(Self.string(prefix)):\(name).")
  }

  private static func string(_ text: UnsafePointer<xmlChar>?) -> String {
    guard let text = unsafe text else { return "" }
    return unsafe String(
      decoding: UnsafeBufferPointer(start: text, count: Int(xmlStrlen(text))), as: UTF8.self)
  }
}

extension XMLDocument {
  /// What the parser complained about; only the first complaint is worth reading.
  private final class Problems {
    private var first: (line: Int, column: Int, message: String)?

    var isEmpty: Bool { first == nil }

    func add(_ problem: xmlError) {
      guard first == nil else { return }
      let message = unsafe problem.message.map { unsafe String(cString: $0) } ?? "not well-formed"
      first = unsafe (
        Int(problem.line), Int(problem.int2),
        String(message.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" })
      )
    }

    func error(in file: String) -> TemplateSyntaxError {
      guard let first else {
        return TemplateSyntaxError(
          file: file, line: 1, column: nil, message: "libxml2 could not read the template.")
      }
      let isEntity = first.message.utf8.starts(with: "Entity '".utf8)
      return TemplateSyntaxError(
        file: file, line: first.line, column: first.column > 0 ? first.column : nil,
        message: first.message
          + (isEntity ? "; write it as a number, &#160; for &nbsp; and &#8212; for &mdash;." : ""))
    }
  }
}

/// What a parsed document consists of, in document order and copied out of libxml2's memory.
enum XMLEvent: Equatable {
  /// An attribute without a prefix.
  struct Attribute: Equatable {
    var name: String
    var value: String
  }

  /// A start tag.
  case open(name: String, attributes: [Attribute], line: Int)
  /// Character data, CDATA sections included.
  case text(String)
  /// An end tag.
  case close
}
