package import AuditFiles
package import AuditModel
import Glibc

/// Why no history can be made of a folder.
package enum HistoryError: AuditFailure {
  /// There is no such folder.
  case missing(path: String, fault: SystemError)
  /// The folder holds no pack.
  case noPacks(path: String)
  /// The folder is a pack itself.
  case isPack(path: String)

  /// Which folder, what is wrong with it, and what to do.
  package var message: Message {
    switch self {
    case .missing(let path, let fault):
      Message(.missingArchive, TerminalText.sanitized(path), "\(fault)")
    case .noPacks(let path): Message(.archiveWithoutPacks, TerminalText.sanitized(path))
    case .isPack(let path): Message(.packNotArchive, TerminalText.sanitized(path))
    }
  }
}

extension SystemError {
  /// Whether there is no such folder.
  var isOfPath: Bool { [ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG].contains(number) }
}
