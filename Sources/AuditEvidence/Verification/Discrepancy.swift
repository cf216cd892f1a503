private import AuditModel

/// One thing about a pack that is not as it was published, or does not follow from its evidence.
package enum Discrepancy: Sendable, Equatable {
  /// A file that SHA256SUMS lists, or a signature or time-stamp that the manifest promises, is not there.
  case missing(path: String)
  /// A file or folder is there that SHA256SUMS does not list.
  case unlisted(path: String)
  /// A file's content is not the one that is listed.
  case changed(path: String, expected: Digest, found: Digest)
  /// A file has not the size that manifest.json lists; it was not read.
  case resized(path: String, expected: Int, found: Int)
  /// A symbolic link, a FIFO, a socket or a device in the place of a plain file or a folder; it was not opened.
  case notPlain(path: String)
  /// SHA256SUMS lists a path that leads out of the pack, or that no pack has; it was not opened.
  case unusablePath(String)
  /// A file is there, but is not what kfaudit writes.
  case malformed(path: String, reason: String)
  /// manifest.json and SHA256SUMS do not list the same.
  case unequalLists(path: String)
  /// A line of the journal does not fit the lines before it, or the page that it names.
  case journal(line: Int, reason: String)
  /// The journal does not show what the report claims of it.
  case unevidenced(reason: String)
  /// The signature is missing, or not one over these files by who should have signed.
  case signature(path: String, reason: String)
  /// The timestamp is missing, or not one over this signature.
  case timestamp(path: String, reason: String)
  /// What follows from the evidence is not what the pack holds.
  case recomputed(path: String, detail: String)
  /// A pack does not follow the one that it names, or is not followed as it should be.
  case chain(pack: String, reason: String)

  /// The kind, for machines.
  package var code: String {
    switch self {
    case .missing: "missing"
    case .unlisted: "unlisted"
    case .changed: "changed"
    case .resized: "resized"
    case .notPlain: "notPlain"
    case .unusablePath: "unusablePath"
    case .malformed: "malformed"
    case .unequalLists: "unequalLists"
    case .journal: "journal"
    case .unevidenced: "unevidenced"
    case .signature: "signature"
    case .timestamp: "timestamp"
    case .recomputed: "recomputed"
    case .chain: "chain"
    }
  }

  /// The file, folder or pack that it concerns; untrusted text.
  package var path: String {
    switch self {
    case .missing(let path), .unlisted(let path), .changed(let path, _, _),
      .resized(let path, _, _), .notPlain(let path), .unusablePath(let path),
      .malformed(let path, _), .unequalLists(let path), .signature(let path, _),
      .timestamp(let path, _), .recomputed(let path, _):
      path
    case .journal, .unevidenced: "evidence/journal.jsonl"
    case .chain(let pack, _): pack
    }
  }
}

extension Discrepancy: CustomStringConvertible {
  /// A sentence; it holds nothing that a terminal would obey.
  package var description: String {
    let place = TerminalText.sanitized(path)
    return switch self {
    case .missing: "\(place) was published and is missing."
    case .unlisted: "\(place) is an unlisted file: SHA256SUMS does not know it."
    case .changed(_, let expected, let found):
      "\(place) was changed: SHA-256 \(expected) was published, \(found) was found."
    case .resized(_, let expected, let found):
      "\(place) was changed: \(expected) bytes were published, \(found) were found."
    case .notPlain: "\(place) is neither a plain file nor a folder; it was not opened."
    case .unusablePath:
      "SHA256SUMS lists \(place), which no pack can hold; it was not opened."
    case .malformed(_, let reason): "\(place) is not what kfaudit writes: \(reason)"
    case .unequalLists: "\(place): SHA256SUMS and manifest.json do not say the same of it."
    case .journal(let line, let reason): "\(place), line \(line): \(reason)"
    case .unevidenced(let reason): "\(place): \(reason)"
    case .signature(_, let reason), .timestamp(_, let reason): "\(place): \(reason)"
    case .recomputed(_, let detail): "\(place) does not follow from the evidence: \(detail)"
    case .chain(_, let reason): "\(place): \(reason)"
    }
  }
}
