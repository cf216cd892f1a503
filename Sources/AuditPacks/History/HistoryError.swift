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

  /// 66 for a folder that is not there, 65 for one that is no archive.
  package var exitStatus: ExitStatus {
    switch self {
    case .missing: .missingInput
    case .noPacks, .isPack: .brokenData
    }
  }

  /// Which folder, what is wrong with it, and what to do.
  package var description: String {
    switch self {
    case .missing(let path, let fault):
      "the archive \(TerminalText.sanitized(path)) cannot be opened: \(fault). Use the folder that kfaudit run publishes in."
    case .noPacks(let path):
      "\(TerminalText.sanitized(path)) contains no pack. Use the folder that kfaudit run publishes in, its --out."
    case .isPack(let path):
      "\(TerminalText.sanitized(path)) is a pack, not an archive of packs. Use the folder that it is in."
    }
  }
}

extension SystemError {
  /// Whether there is no such folder.
  var isOfPath: Bool { [ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG].contains(number) }
}
