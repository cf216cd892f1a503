@testable import AuditPlan

/// The JSON Schema of the configuration, as it follows from the declarations of the settings.
struct ConfigurationSchema {
  /// JSON whose members stay in their order, and is written as the schemas in Examples are.
  private indirect enum Node {
    case text(String)
    case number(Int64)
    case flag(Bool)
    case list([Node])
    case object([(String, Node)])

    static func texts(_ texts: [String]) -> Node { .list(texts.map(Node.text)) }

    func written(_ indent: String = "") -> String {
      let inner = indent + "  "
      return switch self {
      case .text(let text): Self.quoted(text)
      case .number(let number): "\(number)"
      case .flag(let flag): "\(flag)"
      case .list(let nodes):
        Self.lines(nodes.map { $0.written(inner) }, between: "[", "]", indent)
      case .object(let members):
        Self.lines(
          members.map { "\(Self.quoted($0)): \($1.written(inner))" }, between: "{", "}",
          indent)
      }
    }

    private static func quoted(_ text: String) -> String {
      "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    private static func lines(
      _ parts: [String], between start: String, _ end: String, _ indent: String
    ) -> String {
      if parts.isEmpty { return start + end }
      return "\(start)\n" + parts.map { "\(indent)  \($0)" }.joined(separator: ",\n")
        + "\n\(indent)\(end)"
    }
  }

  /// The file's content: keys by name, those about wordings last.
  var text: String {
    let wordings = Settings.wordings.map { $0.declaration.keyParts[0] }
    let keys = Configuration.keys.filter { !wordings.contains($0) } + wordings
    return Node.object([
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
      ("title", .text("kfaudit.yaml")),
      (
        "description",
        .text(
          "Settings of kfaudit run --config. Server and credentials never stand in this file.")
      ),
      ("type", .texts(["object", "null"])), ("additionalProperties", .flag(false)),
      ("properties", .object(keys.map { ($0, property($0)) })),
    ]).written() + "\n"
  }

  private func property(_ key: String) -> Node {
    let settings = Settings.inFile.map(\.declaration).filter { $0.keyParts[0] == key }
    if settings[0].keyParts.count == 1 { return property(settings[0]) }
    let parts = settings.map { ($0.keyParts[1], property($0)) }
    return .object(mapping(parts) + [("description", .text(Settings.aboutIndicators))])
  }

  private func property(_ setting: SettingDeclaration) -> Node {
    guard let entry = setting.entry else { return .object([]) }
    return node(entry, default: setting.fallback.text)
  }

  private func node(_ key: ConfigurationKey, default text: String? = nil) -> Node {
    let standard: Node? =
      switch key.form {
      case .text: text.map(Node.text)
      case .number: text.flatMap { Int64($0) }.map(Node.number)
      default: nil
      }
    return .object(
      members(key.form) + (standard.map { [("default", $0)] } ?? [])
        + [("description", .text(key.about))])
  }

  private func members(_ form: ConfigurationForm) -> [(String, Node)] {
    switch form {
    case .text(let lengths, let pattern, let others):
      let most = lengths.flatMap { $0.upperBound < .max ? $0.upperBound : nil }
      return [("type", .text("string"))]
        + [("minLength", lengths?.lowerBound), ("maxLength", most)].compactMap { key, count in
          count.map { (key, .number(Int64($0))) }
        } + (pattern.map { [("pattern", .text($0))] } ?? [])
        + (others.isEmpty ? [] : [("not", .object([("enum", .texts(others))]))])
    case .number(let bounds):
      return [
        ("type", .text("integer")), ("minimum", .number(bounds.lowerBound)),
        ("maximum", .number(bounds.upperBound)),
      ]
    case .flag: return [("type", .text("boolean"))]
    case .choice(let words): return [("enum", .texts(words))]
    case .list(let element, let least, let most):
      return [("type", .text("array"))]
        + [("minItems", least), ("maxItems", most)].compactMap { key, count in
          count.map { (key, .number(Int64($0))) }
        } + [("items", .object(members(element)))]
    case .mapping(let keys, let required, let oneOf):
      return mapping(keys.map { ($0.name, node($0)) }, required, oneOf)
    case .table(let pattern, let value, let about):
      let value = Node.object(members(value) + (about.map { [("description", .text($0))] } ?? []))
      guard let pattern else {
        return [("type", .text("object")), ("additionalProperties", value)]
      }
      return [
        ("type", .text("object")), ("patternProperties", .object([(pattern, value)])),
        ("additionalProperties", .flag(false)),
      ]
    }
  }

  private func mapping(
    _ properties: [(String, Node)], _ required: [String] = [], _ oneOf: [String] = []
  ) -> [(String, Node)] {
    let choices = oneOf.map { Node.object([("required", .texts([$0]))]) }
    return [
      ("type", .text("object")), ("properties", .object(properties)),
      ("required", .texts(required)),
    ] + (choices.isEmpty ? [] : [("oneOf", .list(choices))])
      + [("additionalProperties", .flag(false))]
  }
}
