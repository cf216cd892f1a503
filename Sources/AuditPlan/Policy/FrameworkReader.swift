import AuditModel
import Yams

/// Reads the files of frameworks that a policy names.
struct FrameworkReader {
  static let keys = ["controls", "id", "source", "title"]
  static let controlKeys = ["cannotShow", "id", "title"]

  /// The policy's own path.
  let policy: String
  let environment: RunEnvironment

  /// Reads `frameworks`, a list of paths from the policy's folder.
  func read(_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes) -> [PolicyFramework] {
    var frameworks: [PolicyFramework] = []
    for (index, node) in entry.list(&mistakes).enumerated() {
      guard let written = node.text, !written.isEmpty else {
        mistakes.add(entry.invalid(node, "the path of a file, such as frameworks/cabf-br.yaml"))
        continue
      }
      let place = entry.document.place(of: node)
      let path = self.path(of: written)
      do throws(NamedFileError) {
        let bytes = try self.bytes(of: path, at: index)
        guard let content = Self.framework(bytes, at: path, &mistakes) else { continue }
        // Their files must have names of their own also where the case of letters does not count.
        let name = content.id.utf8.lowercasedASCII
        if frameworks.contains(where: { $0.content.id.utf8.lowercasedASCII == name }) {
          mistakes.add(.repeatedName, place, "the framework", content.id)
        }
        frameworks.append(PolicyFramework(bytes: bytes, content: content))
      } catch {
        mistakes.file(path, namedBy: "\(place): \(entry.shownKey)", error)
      }
    }
    return frameworks
  }

  /// Where a path leads that is relative to the policy's folder.
  private func path(of written: String) -> String {
    guard !written.begins(with: "/"), let slash = policy.utf8.lastIndex(of: UInt8(ascii: "/"))
    else { return written }
    return "\(policy[...slash])\(written)"
  }

  private func bytes(of path: String, at index: Int) throws(NamedFileError) -> [UInt8] {
    guard let kept = environment.frameworks else {
      return try environment.readFile(path, NamedFile.sizeLimit).bytes
    }
    guard kept.indices.contains(index) else { throw .missing }
    return kept[index]
  }

  private static func framework(
    _ bytes: [UInt8], at path: String, _ mistakes: inout PlanMistakes
  ) -> ControlFramework? {
    let before = mistakes.all.count
    guard let document = YAMLDocument(bytes, at: path, &mistakes) else { return nil }
    guard let root = document.root, root.mapping != nil else {
      return mistakes.refuse(
        .notAMapping, document.root.map { document.place(of: $0) } ?? document.path,
        "a framework", "id: cabf-br")
    }
    let whole = ConfigurationEntry(document: document, key: root, value: root)
    guard let item = ListItem(root, of: whole, keys: keys, &mistakes) else { return nil }
    let (id, title) = (item.text("id", &mistakes), item.text("title", &mistakes))
    if let id, !ControlReference.isFramework(id) {
      mistakes.add(
        item.invalid("id", "letters, digits, full stops, hyphens and underscores, such as cabf-br"))
    }
    let source = item.text("source", &mistakes)
    if let source, !source.begins(with: "https://"), !source.begins(with: "http://") {
      mistakes.add(
        item.invalid("source", "the address where it is published, such as https://example.com"))
    }
    let controls = item.list("controls", isRequired: true, &mistakes)
      .map { Self.controls($0, &mistakes) }
    guard let id, let title, let source, let controls, mistakes.all.count == before else {
      return nil
    }
    return ControlFramework(id: id, title: title, source: source, controls: controls)
  }

  private static func controls(
    _ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes
  ) -> [ControlFramework.Control] {
    var seen: Set<Name> = []
    return entry.list(&mistakes).compactMap { node in
      guard
        let item = ListItem(node, of: entry, keys: controlKeys, example: "id: AC-5", &mistakes)
      else { return nil }
      let (id, title) = (item.text("id", &mistakes), item.text("title", &mistakes))
      let cannotShow = item.optional("cannotShow")
      if cannotShow == nil, item.node("cannotShow") != nil {
        mistakes.add(item.invalid("cannotShow", "a sentence, or leave out the key"))
      }
      guard let id, let title else { return nil }
      if !ControlReference.isControl(id) {
        mistakes.add(item.invalid("id", "ASCII characters without blanks, such as AC-5"))
      } else if !seen.insert(Name(id)).inserted {
        mistakes.add(.repeatedName, item.place("id"), "the control", id)
      }
      return ControlFramework.Control(id: id, title: title, cannotShow: cannotShow)
    }
  }
}
