import AuditModel
import Crypto
import FoundationEssentials
import SafeXML

/// A template whose slots are all known and in their place.
struct PageTemplate: Sendable {
  let parts: [PagePart]
  /// The page's security policy: nothing may be loaded, and only the template's own style and script apply.
  let policy: String

  /// The slots in page order.
  var slots: [Slot] {
    parts.compactMap { if case .slot(let slot, _) = $0 { slot } else { nil } }
  }

  /// Rows a table shows unless the slot says otherwise.
  private static let usualLimit = 25

  init(_ bytes: [UInt8], named file: String) throws(TemplateError) {
    let template: Template
    do throws(TemplateSyntaxError) {
      template = try Template(parsing: bytes, named: file)
    } catch {
      throw .syntax(error)
    }
    var parts: [PagePart] = []
    var sections: Set<Slot> = []
    for part in template.parts {
      switch part {
      case .literal(let literal): parts.append(.literal(literal))
      case .contentSecurityPolicy: parts.append(.contentSecurityPolicy)
      case .slot(let asked):
        let slot = try Self.slot(asked, file: file)
        if !slot.isText, !sections.insert(slot).inserted {
          throw .repeatedSlot(file: file, line: asked.line, name: asked.name)
        }
        parts.append(.slot(slot, limit: try Self.limit(asked, of: slot, file: file)))
      }
    }
    guard sections.contains(.verdict) else {
      throw .missingSlot(file: file, name: Slot.verdict.rawValue)
    }
    guard template.beginsWithPolicy else { throw .missingPolicy(file: file) }
    self.parts = parts
    policy = template.policy
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
  /// What a page of it may load and run: nothing but its own styles and scripts.
  var policy: String {
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

  /// Whether nothing but white space stands between the start of head and the policy.
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

/// A piece of a checked template.
enum PagePart: Sendable {
  case literal(TemplateLiteral)
  case slot(Slot, limit: Int)
  case contentSecurityPolicy
}
