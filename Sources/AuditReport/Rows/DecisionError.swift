package import AuditModel

/// Why decisions from elsewhere do not fit the rows.
package enum DecisionError: AuditFailure {
  /// Lines of a file give the GUID of one instance and the reference id of another.
  case severalInstances(file: String, lines: [Int])

  /// Which lines, and what to do.
  package var message: Message {
    switch self {
    case .severalInstances(let file, let lines):
      let first = Set(lines).sorted().prefix(10).map(String.init).joined(separator: ", ")
      return Message(
        .decisionsContradict, TerminalText.sanitized(file),
        Counted(Set(lines).count, "line").phrase, first)
    }
  }
}
