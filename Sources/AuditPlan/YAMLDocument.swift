import AuditModel
import Yams

/// A YAML (or JSON) file as a tree of nodes that know where they are.
struct YAMLDocument {
  /// Why a file is no YAML, and where; without the text of the line, which may hold a secret.
  private struct SyntaxError: Error {
    /// `file:line:column: problem`.
    var message: Message
  }

  /// The most values that a file may stand for, its aliases written out.
  private static let largestCount = 100_000

  /// The file's path, for messages.
  var path: String
  /// The root; `nil` for an empty file.
  var root: Node?

  /// Parses a file; `nil` after a mistake.
  init?(_ bytes: [UInt8], at path: String, _ mistakes: inout PlanMistakes) {
    self.path = NamedValue.shown(path)
    do throws(SyntaxError) {
      root = try Self.root(of: bytes, at: self.path)
    } catch {
      mistakes.add(error.message)
      return nil
    }
  }

  private static func root(of bytes: [UInt8], at path: String) throws(SyntaxError) -> Node? {
    func flaw(_ place: String, _ code: MessageCode, _ fact: String = "") -> SyntaxError {
      SyntaxError(message: Message(code, place, fact))
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw flaw("\(path):1:1", .yamlNotUTF8, "it begins with a byte order mark")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw flaw(path, .yamlNotUTF8, "its bytes are not UTF-8")
    }
    guard !YAMLAliases.areKeys(in: bytes) else {
      throw flaw(path, .aliasAsKey)
    }
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        throw flaw(place(path, mark), .invalidYAML, problem)
      case .duplicatedKeysInMapping(let duplicates, let context):
        let keys = duplicates.map { NamedValue.shown($0) }.joined(separator: ", ")
        let line = repetition(of: duplicates[0], after: context.mark, in: text)
        throw flaw("\(path):\(line):\(context.mark.column)", .duplicateKey, keys)
      case .reader(let problem, _, _, _):
        throw flaw(path, .invalidYAML, problem)
      default:
        throw flaw(path, .unreadableYAML)
      }
    } catch {
      throw flaw(path, .unreadableYAML)
    }
    var left = largestCount
    if let root { count(root, left: &left) }
    guard left > 0 else {
      throw flaw(path, .tooManyValues, "\(largestCount)")
    }
    return root
  }

  /// The line where a key occurs again: the parser tells only where it was first.
  ///
  /// In block style that is a line with the same indentation; elsewhere it is the first line.
  private static func repetition(of key: String, after first: Mark, in text: String) -> Int {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let written = ["", "\"", "'"].map { Array("\($0)\(key)\($0)".utf8) }
    let line = lines.indices.dropFirst(first.line).first { index in
      let rest = lines[index].drop { $0 == UInt8(ascii: " ") }
      guard lines[index].count - rest.count == first.column - 1 else { return false }
      return written.contains { key in
        rest.starts(with: key)
          && rest.dropFirst(key.count).drop { $0 == UInt8(ascii: " ") }.first == UInt8(ascii: ":")
      }
    }
    return line.map { $0 + 1 } ?? first.line
  }

  /// Counts the values under a node, down to none that are left.
  ///
  /// Aliases share their storage, so that a few hundred bytes can stand for more values than anybody could read.
  private static func count(_ node: Node, left: inout Int) {
    left -= 1
    guard left > 0 else { return }
    switch node {
    case .sequence(let sequence):
      for element in sequence where left > 0 { count(element, left: &left) }
    case .mapping(let mapping):
      for (key, value) in mapping where left > 0 {
        count(key, left: &left)
        count(value, left: &left)
      }
    case .scalar, .alias: break
    }
  }

  /// The entries of a mapping; `nil` for anything else.
  func entries(of node: Node?) -> [ConfigurationEntry]? {
    node?.mapping?.map { ConfigurationEntry(document: self, key: $0.key, value: $0.value) }
  }

  /// `file:line:column` of a node.
  func place(of node: Node) -> String { Self.place(path, node.mark) }

  private static func place(_ path: String, _ mark: Mark?) -> String {
    mark.map { "\(path):\($0.line):\($0.column)" } ?? path
  }
}

extension Node {
  /// The value for messages: quoted, or what it is where it is no text.
  var shown: String {
    if sequence != nil { return "a list" }
    if mapping != nil { return "a mapping" }
    return text.map { "'\(NamedValue.shown($0))'" } ?? "an empty value"
  }

  /// The text of a scalar; `nil` for null, for lists and for mappings.
  var text: String? {
    guard let scalar else { return nil }
    if scalar.style == .plain, ["", "~", "null", "Null", "NULL"].contains(scalar.string) {
      return nil
    }
    return scalar.string
  }

  /// `true` or `false` as YAML 1.2 has them; `nil` for anything else, a quoted word included.
  var flag: Bool? {
    guard let scalar, scalar.style == .plain else { return nil }
    return ["true": true, "false": false][scalar.string]
  }

  /// The value on one line: `text`, `[a, b]`, `{key: value}`.
  var line: String {
    switch self {
    case .scalar(let scalar): scalar.string
    case .sequence(let sequence): "[\(sequence.map(\.line).joined(separator: ", "))]"
    case .mapping(let mapping):
      "{\(mapping.map { "\($0.key.line): \($0.value.line)" }.joined(separator: ", "))}"
    case .alias: "*"
    }
  }
}

/// A look at the aliases of a YAML file before it is composed.
///
/// Composing compares the keys of each mapping, and a key that is an alias, or a list of them, can stand for more values
/// than can ever be compared.
enum YAMLAliases {
  /// Whether a file has aliases and keys that could hold them: `*name :`, `? key`, `[…] :` or `{…} :`.
  ///
  /// Text in quotation marks or in a block may look so without being it; then it is written otherwise.
  static func areKeys(in bytes: [UInt8]) -> Bool {
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let ends = Array(" \t\r\n,]}".utf8)
    var hasAlias = false
    var hasKey = false
    // The last byte of a line that is not blank; 0 at its beginning.
    var last: UInt8 = 0
    for (index, byte) in bytes.enumerated() {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        last = 0
        continue
      case UInt8(ascii: "*") where begins(after: last) && next != 0 && !ends.contains(next):
        hasAlias = true
        let rest = bytes[index...].drop { !ends.contains($0) && $0 != UInt8(ascii: ":") }
        hasKey = hasKey || rest.drop(while: isBlank).first == UInt8(ascii: ":")
      case UInt8(ascii: "?") where begins(after: last) && (next == 0 || ends.contains(next)):
        hasKey = true
      case UInt8(ascii: ":") where last == UInt8(ascii: "]") || last == UInt8(ascii: "}"):
        hasKey = true
      default: break
      }
      if !isBlank(byte) { last = byte }
    }
    return hasAlias && hasKey
  }

  /// Whether a value may begin after a byte: at the beginning of a line or after a mark.
  private static func begins(after byte: UInt8) -> Bool {
    byte == 0 || "-:,[{?".utf8.contains(byte)
  }
}
