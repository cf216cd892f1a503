/// Why a zip archive is refused, or cannot be written.
package enum ZipError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The bytes are not an archive.
  case notZip
  /// The end is missing, or something follows it.
  case noEnd
  /// Something stands before the first entry.
  case noStart
  /// It is one of several parts.
  case parts
  /// What its end says of the list of entries is not so.
  case falseEnd
  /// It is larger than a limit.
  case overLimit(String)
  /// Its entries have more bytes than the archive, so that some share theirs.
  case overlapping
  /// An entry cannot be used.
  case entry(name: String, reason: String)
  /// libzip refused, in its words.
  case refused(reason: String)
  /// There is no memory for libzip.
  case outOfMemory

  /// A clause: what is wrong with the archive.
  package var description: String {
    switch self {
    case .notZip: "it is not a zip archive."
    case .noEnd: "its end is missing, or a comment or other bytes follow it."
    case .noStart: "it does not begin with an entry: it is empty, or other bytes come first."
    case .parts: "it is one of several parts."
    case .falseEnd: "its end does not describe the list of entries that it has."
    case .overLimit(let limit): "it has more than \(limit)."
    case .overlapping: "its entries have more bytes than it has, so that some of them share theirs."
    case .entry(let name, let reason): "the entry \(name) \(reason)."
    case .refused(let reason): "libzip reports: \(reason)."
    case .outOfMemory: "there is no memory for libzip."
    }
  }
}
