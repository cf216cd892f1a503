package import AuditEvidence
import AuditModel

/// The key of pseudonyms, read from a file.
package enum PseudonymKey {
  /// A shorter key could be tried out.
  private static let leastBytes = 16

  /// Reads `--pseudonymise`: the file's bytes without the line end that editors leave.
  ///
  /// - Throws: A ``PlanError`` when the file is missing, open to others, or too short.
  package static func read(
    _ path: String, in environment: RunEnvironment
  ) throws(PlanError) -> Pseudonyms {
    var mistakes = PlanMistakes()
    var key: [UInt8] = []
    do throws(NamedFileError) {
      let file = try environment.readFile(path, NamedFile.sizeLimit)
      mistakes.checkIsPrivate(file, path: path)
      key = file.bytes
      if key.last == UInt8(ascii: "\n") { key.removeLast() }
      if key.last == UInt8(ascii: "\r") { key.removeLast() }
      if key.count < leastBytes {
        mistakes.add(
          Message(
            .pseudonymKeyTooShort, NamedValue.shown(path), "\(key.count)", "\(leastBytes)"))
      }
    } catch {
      mistakes.file(path, namedBy: "--pseudonymise", error)
    }
    guard mistakes.isEmpty else { throw PlanError(mistakes: mistakes.all) }
    return Pseudonyms(key: key)
  }
}
