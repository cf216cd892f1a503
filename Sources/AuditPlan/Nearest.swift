import AuditModel

/// Finds what a misspelt name probably meant.
package enum Nearest {
  /// More names are not read on a terminal.
  private static let longestList = 24

  /// The end of a message: the nearest candidate as a question, or all of them when none is near.
  package static func hint(for name: String, among candidates: [String]) -> String {
    if candidates.isEmpty { return "; there are none." }
    let folded = Array(name.lowercased().utf8)
    let ranked = candidates.map { ($0, folded.editDistance(to: Array($0.lowercased().utf8))) }
    if let (best, distance) = ranked.min(by: { $0.1 < $1.1 }), distance <= max(2, best.count / 3) {
      return "; did you mean \(best)?"
    }
    if candidates.count > longestList {
      return
        "; none of the \(candidates.count) that there are is near it: the documentation lists them."
    }
    return "; it must be one of \(candidates.joined(separator: ", "))."
  }
}
