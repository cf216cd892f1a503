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
  case cannotSample(reason: String)

  /// 66 for a pack that is not there, 65 for one that is not what it should be, 64 for what was asked.
  package var exitStatus: ExitStatus {
    switch self {
    case .missing: .missingInput
    case .notAPack, .noPacks, .unreadable, .damaged, .cannotFollow, .ambiguousRow, .noProof:
      .brokenData
    case .noInstance, .cannotSample: .usage
    }
  }

  /// Which pack or file, what is wrong with it, and what to do.
  package var description: String {
    switch self {
    case .missing(let path, let fault):
      "the pack \(TerminalText.sanitized(path)) cannot be opened: \(fault). Name the folder of a pack, such as archive/latest."
    case .notAPack(let path):
      "\(TerminalText.sanitized(path)) is no pack: it has no manifest.json. Name the folder of a pack, such as archive/latest."
    case .noPacks(let archive):
      "\(TerminalText.sanitized(archive)) holds no pack, so there is no chain: either it is another folder than the one that "
        + "kfaudit run publishes in, or its packs were removed."
    case .unreadable(let path, let reason):
      "\(TerminalText.sanitized(path)) cannot be understood: \(TerminalText.sanitized(reason)) Run kfaudit verify on the pack; "
        + "a pack of a newer version needs that version."
    case .damaged(let pack, let discrepancies):
      "the evidence of \(TerminalText.sanitized(pack)) is not what was published, so nothing is made of it: "
        + "\(Self.first(discrepancies)) Run kfaudit verify on the pack."
    case .cannotFollow(let pack, let discrepancies):
      "the pack \(TerminalText.sanitized(pack)) in the archive is not what was published, so nothing is published after it: "
        + "\(Self.first(discrepancies)) Restore it from a copy, or publish after it all the same with --force."
    case .noInstance(let id):
      "the pack holds no instance \(TerminalText.sanitized(id)); give a reference id or a GUID of instances.csv."
    case .ambiguousRow(let id):
      "the instance \(TerminalText.sanitized(id)) cannot be proved: the server has spelled its row as a line of "
        + "instances.ndjson, and a proof would not tell which of the two it is of. Show its page instead."
    case .noProof(let path, let reason):
      "\(TerminalText.sanitized(path)) is no proof of kfaudit: \(TerminalText.sanitized(reason)) Name a file that kfaudit proof wrote."
    case .cannotSample(let reason): reason
    }
  }

  private static func first(_ discrepancies: [Discrepancy]) -> String {
    discrepancies.prefix(3).map(\.description).joined(separator: " ")
      + (discrepancies.count > 3 ? " … \(discrepancies.count) in all." : "")
  }
}
