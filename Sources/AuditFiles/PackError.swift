package import AuditEvidence
package import AuditModel

/// Why a published pack cannot be used.
package enum PackError: AuditFailure {
  /// There is no such folder.
  case missing(path: String, fault: SystemError)
  /// The folder is no pack.
  case notAPack(path: String)
  /// The archive whose chain is to be verified holds no pack.
  case noPacks(archive: String)
  /// A document of the pack cannot be understood.
  case unreadable(path: String, reason: String)
  /// The evidence is not what was published, so that nothing can be made of it.
  case damaged(pack: String, [Discrepancy])
  /// The pack that a run was to follow is not what was published.
  case cannotFollow(pack: String, [Discrepancy])
  /// The pack has no such instance.
  case noInstance(id: String)
  /// The row of an instance as received reads as a line of instances.ndjson.
  case ambiguousRow(id: String)
  /// The file is no proof.
  case noProof(path: String, reason: String)
  /// A sample cannot be drawn as it was asked for.
  case cannotSample(Message)

  /// Which pack or file, what is wrong with it, and what to do.
  package var message: Message {
    switch self {
    case .missing(let path, let fault):
      Message(.missingPack, TerminalText.sanitized(path), "\(fault)")
    case .notAPack(let path): Message(.notAPack, TerminalText.sanitized(path))
    case .noPacks(let archive): Message(.emptyArchive, TerminalText.sanitized(archive))
    case .unreadable(let path, let reason):
      Message(
        .unreadableDocument, TerminalText.sanitized(path), TerminalText.sanitized(reason))
    case .damaged(let pack, let discrepancies):
      Message(.damagedEvidence, TerminalText.sanitized(pack), Self.first(discrepancies))
    case .cannotFollow(let pack, let discrepancies):
      Message(.damagedPredecessor, TerminalText.sanitized(pack), Self.first(discrepancies))
    case .noInstance(let id): Message(.unknownInstance, TerminalText.sanitized(id))
    case .ambiguousRow(let id): Message(.ambiguousRow, TerminalText.sanitized(id))
    case .noProof(let path, let reason):
      Message(.notAProof, TerminalText.sanitized(path), TerminalText.sanitized(reason))
    case .cannotSample(let message): message
    }
  }

  private static func first(_ discrepancies: [Discrepancy]) -> String {
    discrepancies.prefix(3).map(\.description).joined(separator: " ")
      + (discrepancies.count > 3 ? " … \(discrepancies.count) in all." : "")
  }
}
