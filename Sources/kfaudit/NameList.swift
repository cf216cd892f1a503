internal import ArgumentParser
private import AuditModel
private import AuditPlan

/// The names that a comma-separated list may hold, told in an option's help and completed by the shell.
struct NameList {
  /// The names, in the order in which help tells them.
  let names: [String]

  /// The formats of a report.
  static let formats = NameList(names: Settings.format.declaration.choices)

  /// The metrics, in the order of the report.
  static let metrics = NameList(names: Settings.metrics.declaration.choices)

  /// What an instance can have come to.
  static let outcomes: NameList = {
    let statuses = Status.allCases.map { $0.name.prefix(1).lowercased() + $0.name.dropFirst() }
    return NameList(
      names: statuses + Outcome.allCases.map(\.rawValue).filter { !statuses.contains($0) })
  }()

  /// The names in a sentence's end.
  var text: String { names.joined(separator: ", ") }

  /// Completes the last name of the list, and leaves those before it as they are.
  var completion: CompletionKind {
    let names = names
    return .custom { _, _, word in
      let head = word.utf8.lastIndex(of: UInt8(ascii: ",")).map { word[...$0] } ?? ""
      let chosen = head.parts(at: ",")
      return names.filter { !chosen.contains($0) }.map { head + $0 }
    }
  }
}
