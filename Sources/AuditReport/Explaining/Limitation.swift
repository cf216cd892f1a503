/// What a report cannot show, by the names under which `kfaudit explain` knows it; the report has sentences.
package enum Limitation: String, CaseIterable {
  /// What was deleted before the read is not seen.
  case deletedRecords
  /// What the account may not see is not seen.
  case hiddenRecords
  /// Who approved, and when, is not in the API.
  case noDecisions
  /// A completed workflow need not have issued a certificate.
  case completedIsNotIssued
  /// Saved responses have no clock.
  case noClock
  /// A response began with a byte order mark.
  case byteOrderMark
  /// A metric was not computed.
  case notComputed
  /// How instances of several packs count.
  case mergedPacks

  /// The sentence in every report; `nil` for one that only some reports have, with facts of their own.
  package var sentence: String? {
    switch self {
    case .deletedRecords:
      "Records deleted before the read, or created and deleted between two reads, cannot be seen. A missing reference ID "
        + "may be a trace of that, but has other causes too."
    case .hiddenRecords:
      "If the account may see only some records, the server returns those without saying so."
    case .noDecisions:
      "The Keyfactor API gives no approver, no time of approval and no time of issuance. All durations end at the last "
        + "activity."
    case .completedIsNotIssued:
      "Completed means that the workflow ended, not that a certificate was issued; the column outcome tells them apart."
    default: nil
    }
  }

  /// What it means for a reader.
  package var meaning: String {
    switch self {
    case .deletedRecords:
      "A report shows what the server returned. Whoever can delete workflow instances can keep them from any report; compare packs of successive periods (notice DISAPPEARED)."
    case .hiddenRecords:
      "Proved means: all that the account may see. Check the permission of the account; the notice SCOPE warns where the data looks incomplete."
    case .noDecisions:
      "Times where approval is asked for are an upper bound on the time to decide. Decisions from another system can be added with --approvals."
    case .completedIsNotIssued:
      "Look at the outcomes: issued, revoked, pendingAtCA. Complete alone is not a certificate."
    case .noClock:
      "Saved responses have no server clock, so open instances age to the newest time in them. Use --as-of for another one."
    case .byteOrderMark:
      "A saved response began with a byte order mark, which JSON does not have. It was skipped; an editor or a proxy changed the file."
    case .notComputed:
      "The report lacks metrics: nobody asked for them, or they need an earlier pack or business hours in the configuration."
    case .mergedPacks:
      "In a merged report an instance counts once, as the newest pack has it; users are told apart by name, definitions by ID."
    }
  }
}
