/// Whether a page is HTML that every parser reads alike: tags in pairs but for void elements, values in quotes,
/// each attribute once, scripts and styles where they are raw text.
enum HTMLCheck {
  private static let void: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
  ]

  /// What is wrong; `nil` when nothing is.
  static func fault(in bytes: [UInt8]) -> String? {
    let doctype = Array("<!DOCTYPE html>\n".utf8)
    guard bytes.starts(with: doctype) else { return "no document type" }
    var rest = bytes.dropFirst(doctype.count)
    var open: [String] = []
    while let next = rest.firstIndex(of: UInt8(ascii: "<")) {
      if let fault = textFault(rest[..<next]) { return fault }
      rest = rest[next...].dropFirst()
      let isEnd = rest.first == UInt8(ascii: "/")
      if isEnd { rest = rest.dropFirst() }
      guard let name = name(&rest), let first = name.utf8.first, first &- UInt8(ascii: "a") < 26
      else { return "a tag without a name at byte \(next)" }
      if isEnd {
        guard open.popLast() == name else { return "</\(name)> at byte \(next) ends nothing" }
        guard rest.popFirst() == UInt8(ascii: ">") else { return "</\(name) has no end" }
        continue
      }
      if let fault = attributeFault(&rest) { return "\(fault) in <\(name)> at byte \(next)" }
      if !void.contains(name) { open.append(name) }
      if name == "script" || name == "style" {
        if open.contains("svg") || open.contains("math") { return "<\(name)> within svg or math" }
        guard let end = rest.firstRange(of: "</".utf8) else { return "<\(name)> has no end" }
        rest = rest[end.lowerBound...]
      }
    }
    return textFault(rest) ?? (open.isEmpty ? nil : "<\(open.joined(separator: "><"))> has no end")
  }

  /// Consumes a name and gives it in lower case.
  private static func name(_ rest: inout ArraySlice<UInt8>) -> String? {
    let name = rest.prefix { !" =>/\"'<\n\t\r".utf8.contains($0) }
    if name.isEmpty { return nil }
    rest = rest.dropFirst(name.count)
    return String(decoding: name, as: UTF8.self).lowercased()
  }

  /// Consumes attributes and the end of the tag.
  private static func attributeFault(_ rest: inout ArraySlice<UInt8>) -> String? {
    var names: Set<String> = []
    while rest.first == UInt8(ascii: " ") {
      rest = rest.dropFirst()
      guard let name = name(&rest) else { return "an attribute without a name" }
      guard names.insert(name).inserted else { return "\(name) twice" }
      guard rest.starts(with: "=\"".utf8) else { return "\(name) without a value" }
      rest = rest.dropFirst(2)
      guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return "\(name) has no end" }
      if let fault = textFault(rest[..<end]) { return fault }
      rest = rest[end...].dropFirst()
    }
    return rest.popFirst() == UInt8(ascii: ">") ? nil : "a tag without an end"
  }

  /// Text and values hold no bare `<`, `>` or `&`, and are UTF-8.
  private static func textFault(_ text: ArraySlice<UInt8>) -> String? {
    guard String(validating: text, as: UTF8.self) != nil else { return "text is not UTF-8" }
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "<"), UInt8(ascii: ">"): return "a bare angle bracket at byte \(index)"
      case UInt8(ascii: "&"):
        let rest = text[index...]
        let references = ["&amp;", "&lt;", "&gt;", "&quot;"]
        if !references.contains(where: { rest.starts(with: $0.utf8) }) {
          return "a bare & at byte \(index)"
        }
      default: break
      }
    }
    return nil
  }
}
