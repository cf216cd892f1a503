import AuditModel

/// What a name in a report, a policy or a message means.
package struct Explanation: Sendable, Equatable {
  /// What kinds of names there are.
  package enum Kind: String, Sendable, CaseIterable {
    /// A message, by its code.
    case message
    /// An exit status.
    case exitStatus
    /// A verdict about completeness.
    case verdict
    /// A metric, by its key in report.json.
    case metric
    /// A figure that policies can ask for.
    case figure
    /// What the checks of a control show together.
    case controlState
    /// A notice, by its code.
    case notice
    /// Something that readers of audit evidence ask for.
    case requirement
    /// Something that a report cannot show.
    case limitation

    /// The title of all names of the kind.
    package var title: String {
      switch self {
      case .message: "Messages"
      case .exitStatus: "Exit statuses"
      case .verdict: "Completeness"
      case .metric: "Metrics (keys of metrics in report.json, words for --metrics)"
      case .figure: "Figures (metric in a policy)"
      case .controlState: "Controls (state in report.json)"
      case .notice: "Notices (findings in report.json)"
      case .requirement: "Requirements (id in requirements of report.json)"
      case .limitation: "Limitations"
      }
    }
  }

  /// A fact besides the meaning.
  package struct Fact: Sendable, Equatable {
    /// Its key in JSON.
    package var key: String
    /// Its label for people.
    package var label: String
    /// The fact.
    package var text: String
  }

  /// What kind of name it is.
  package var kind: Kind
  /// The name.
  package var name: String
  /// What it means, in a sentence or two.
  package var meaning: String
  /// What else is known of it.
  package var facts: [Fact] = []

  /// For people, in 80 columns: the name and its meaning, then a paragraph a fact.
  package var page: String {
    let paragraphs = ["\(name): \(meaning)"] + facts.map { "\($0.label): \($0.text)" }
    return paragraphs.map(Self.wrapped).joined(separator: "\n\n")
  }

  /// For machines: an object.
  ///
  /// - Throws: What JSONEncoder throws, which it has no reason to.
  package func json() throws -> String {
    var members = [("kind", kind.rawValue), ("name", name), ("meaning", meaning)]
    members += facts.map { ($0.key, $0.text) }
    let object = Dictionary(uniqueKeysWithValues: members)
    return String(decoding: try JSONFile.bytes(object).dropLast(), as: UTF8.self)
  }

  /// A paragraph in lines of 79 columns, all but the first indented.
  private static func wrapped(_ text: String) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.parts(at: " ") {
      if !line.isEmpty, line.unicodeScalars.count + 1 + word.unicodeScalars.count > 79 {
        lines.append(line)
        line = "   "
      }
      line += line.isEmpty ? word : " \(word)"
    }
    return (lines + [line]).joined(separator: "\n")
  }
}
