/// Why a workbook was not written.
public enum WorkbookError: Error, Equatable, CustomStringConvertible {
  /// There was no memory for it.
  case outOfMemory
  /// libxlsxwriter refused, in its words.
  case refused(file: String, reason: String)

  /// What could not be written, and what to leave out.
  public var description: String {
    switch self {
    case .outOfMemory: "there is no memory for a workbook; leave out --format xlsx."
    case .refused(let file, let reason):
      "\(file) was not written: \(reason). Make room, or leave out --format xlsx; nothing was published."
    }
  }
}
