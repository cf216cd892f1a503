package import AuditModel
import Crypto
import FoundationEssentials
package import SafeXML

/// `report.html`: one self-contained page, from a template whose slots are filled with sections.
package struct HTMLReport: Sendable {
  private let template: Template
  /// What is asked for in each slot, in page order, and how many rows its tables show.
  private let slots: [(slot: Slot, limit: Int)]

  /// Rows a table shows unless the slot says otherwise.
  private static let usualLimit = 25

  /// Compiles and checks a template, so that a mistake in it is known before anything is fetched.
  package init(template bytes: [UInt8], named file: String) throws(TemplateError) {
    template = try Template.compiled(bytes, named: file)
    var slots: [(slot: Slot, limit: Int)] = []
    var sections: Set<Slot> = []
    for asked in template.slots {
      let slot = try Self.slot(asked, file: file)
      if !slot.isText, !sections.insert(slot).inserted {
        throw .repeatedSlot(file: file, line: asked.line, name: asked.name)
      }
      slots.append((slot, try Self.limit(asked, of: slot, file: file)))
    }
    guard sections.contains(.verdict) else {
      throw .missingSlot(file: file, name: Slot.verdict.rawValue)
    }
    guard template.beginsWithPolicy else { throw .missingPolicy(file: file) }
    self.slots = slots
  }

  /// Writes the page of a report that lies beside some files.
  package func render(
    _ report: ReportDocument, beside files: PackFiles = .standard
  ) throws -> Artifact {
    try ControlTotals.check(report)
    let sections = ReportSections(report: report, slots: slots.map(\.slot), files: files)
    return Artifact(
      path: "report.html", mediaType: "text/html; charset=utf-8",
      bytes: template.page { index, writer in
        sections.write(slots[index].slot, limit: slots[index].limit, to: &writer)
      })
  }

  private static func slot(_ asked: TemplateSlot, file: String) throws(TemplateError) -> Slot {
    guard let slot = Slot(rawValue: asked.name) else {
      if let (gone, slot) = Slot.successors.first(where: { $0.gone.isSame(as: asked.name) }) {
        throw .goneSlot(file: file, line: asked.line, name: gone, successor: slot.rawValue)
      }
      throw .unknownSlot(
        file: file, line: asked.line, name: asked.name, nearest: Slot.nearest(to: asked.name))
    }
    if !slot.isText, !Slot.containers.contains(asked.parent) {
      throw .misplacedSlot(file: file, line: asked.line, name: asked.name, parent: asked.parent)
    }
    return slot
  }

  private static func limit(
    _ asked: TemplateSlot, of slot: Slot, file: String
  ) throws(TemplateError) -> Int {
    var limit = usualLimit
    for attribute in asked.attributes {
      guard slot.attributes.contains(attribute.name) else {
        throw .unknownAttribute(
          file: file, line: asked.line, slot: asked.name, name: attribute.name,
          known: slot.attributes)
      }
      guard let number = Int(attribute.value), number > 0 else {
        throw .badAttribute(
          file: file, line: asked.line, slot: asked.name, name: attribute.name,
          value: attribute.value)
      }
      limit = number
    }
    return limit
  }
}

extension Template {
  /// Parses a template.
  static func compiled(_ bytes: [UInt8], named file: String) throws(TemplateError) -> Template {
    do throws(TemplateSyntaxError) {
      return try Template(parsing: bytes, named: file)
    } catch {
      throw .syntax(error)
    }
  }

  /// The page, with what is written into each slot by its place among them.
  func page(_ write: (_ slot: Int, inout MarkupWriter) -> Void) -> [UInt8] {
    var writer = MarkupWriter()
    var slot = 0
    for part in parts {
      switch part {
      case .literal(let literal): writer.literal(literal)
      case .contentSecurityPolicy: writer.attributeValue(policy)
      case .slot:
        write(slot, &writer)
        slot += 1
      }
    }
    return writer.bytes
  }

  /// What a page of it may load and run: nothing but its own styles and scripts.
  private var policy: String {
    func sources(_ texts: [[UInt8]]) -> String {
      texts.isEmpty
        ? "'none'"
        : texts.map { "'sha256-\(Data(SHA256.hash(data: $0)).base64EncodedString())'" }.joined(
          separator: " ")
    }
    // Pictures come from the template alone, as a part of it; data has no way to make one.
    let images = hasImages ? "img-src data:; " : ""
    return "default-src 'none'; \(images)style-src \(sources(styles)); "
      + "script-src \(sources(scripts)); base-uri 'none'; form-action 'none'"
  }

  /// Whether it carries a picture within itself.
  fileprivate var hasImages: Bool {
    parts.contains { part in
      guard case .literal(let literal) = part else { return false }
      return String(decoding: literal.bytes, as: UTF8.self).holds(" src=\"data:image/")
    }
  }

  /// Whether nothing but white space is between the start of head and the policy.
  fileprivate var beginsWithPolicy: Bool {
    guard parts.count > 1, case .literal(let start) = parts[0],
      case .contentSecurityPolicy = parts[1]
    else { return false }
    let text = String(decoding: start.bytes, as: UTF8.self)
    guard let head = text.utf8.firstRange(of: "<head>".utf8) else { return false }
    let between = text.unicodeScalars[head.upperBound...].drop(while: \.properties.isWhitespace)
    return between.starts(with: "<meta ".unicodeScalars)
      && !between.dropFirst().contains { $0 == "<" }  // text: code points
  }
}

/// A template that the report cannot be written into; found before the first request.
package enum TemplateError: AuditFailure, Equatable {
  /// It is not well-formed, or HTML would read it differently.
  case syntax(TemplateSyntaxError)
  /// There is no such slot.
  case unknownSlot(file: String, line: Int, name: String, nearest: String)
  /// There was such a slot once; what it had is in another.
  case goneSlot(file: String, line: Int, name: String, successor: String)
  /// The slot has no such attribute.
  case unknownAttribute(file: String, line: Int, slot: String, name: String, known: [String])
  /// The attribute cannot have this value.
  case badAttribute(file: String, line: Int, slot: String, name: String, value: String)
  /// A section is where only text can be.
  case misplacedSlot(file: String, line: Int, name: String, parent: String)
  /// A section is there twice.
  case repeatedSlot(file: String, line: Int, name: String)
  /// A slot without which the report would mislead is not there.
  case missingSlot(file: String, name: String)
  /// The first element of the head is not the security policy.
  case missingPolicy(file: String)

  /// What is wrong, where, and what to write instead.
  package var message: Message {
    switch self {
    case .syntax(let error): Message(.templateSyntax, error.place, error.message)
    case .unknownSlot(let file, let line, let name, let nearest):
      Message(.unknownSlot, "\(file):\(line)", name, nearest)
    case .goneSlot(let file, let line, let name, let successor):
      Message(.removedSlot, "\(file):\(line)", name, successor)
    case .unknownAttribute(let file, let line, let slot, let name, let known):
      Message(
        .unknownSlotAttribute, "\(file):\(line)", slot, name,
        known.isEmpty
          ? "Remove it: the slot has no attribute but its name."
          : "Use one of \(known.joined(separator: ", ")).")
    case .badAttribute(let file, let line, let slot, let name, let value):
      Message(.invalidSlotAttribute, "\(file):\(line)", name, value, slot)
    case .misplacedSlot(let file, let line, let name, let parent):
      Message(.misplacedSlot, "\(file):\(line)", name, parent)
    case .repeatedSlot(let file, let line, let name):
      Message(.repeatedSlot, "\(file):\(line)", name)
    case .missingSlot(let file, let name): Message(.missingSlot, file, name)
    case .missingPolicy(let file): Message(.missingContentPolicy, file)
    }
  }
}
