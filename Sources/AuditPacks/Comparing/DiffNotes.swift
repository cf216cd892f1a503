import AuditEvidence
import AuditModel

/// What to know before two packs are compared.
enum DiffNotes {
  /// A sentence each.
  static func of(_ old: ComparedPack, _ new: ComparedPack) -> [String] {
    let (before, now) = (old.pack.manifest, new.pack.manifest)
    var notes: [String] = []
    if old.server != new.server {
      notes.append(
        "The packs are of different servers, whose reference ids say nothing about each other: no instances are compared."
      )
    } else if old.server == nil {
      notes.append(
        "Saved pages do not say whose they are: that both are of one server is taken for granted.")
    }
    if !old.window.overlaps(new.window) {
      notes.append("The windows do not overlap: no instance can be in both.")
    } else if old.window != new.window {
      notes.append(
        "The windows differ: instances are compared where they overlap, figures as each report has them."
      )
    }
    if before.toolVersion != now.toolVersion {
      notes.append(
        "The packs were made by versions \(before.toolVersion) and \(now.toolVersion): kfaudit render makes the "
          + "reports of one again with the other.")
    }
    let unproved = [before, now].filter {
      ![.proved, .provedWithChanges].contains($0.completeness.verdict)
    }
    if !unproved.isEmpty {
      notes.append(
        "Not both populations are proved: what is missing may never have been asked for.")
    }
    return notes
  }
}
