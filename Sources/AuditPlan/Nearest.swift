import AuditModel

/// Finds what a misspelt name probably meant.
package enum Nearest {
  /// More names are not read on a terminal.
  private static let longestList = 24

  /// What to do about an unknown name, a sentence: the nearest candidate as a question, or all of them when none is near.
  package static func hint(for name: String, among candidates: [String]) -> String {
    if candidates.isEmpty { return "There are none." }
    if let best = best(for: name, among: candidates) { return "Did you mean \(best)?" }
    if candidates.count == 1 { return "Use \(candidates[0])." }
    if candidates.count > longestList {
      return "None of the \(candidates.count) known names is near it; kfaudit explain lists them."
    }
    return "Use one of \(candidates.joined(separator: ", "))."
  }

  /// The candidate that a name is probably meant to be; `nil` when none is near.
  package static func best(for name: String, among candidates: [String]) -> String? {
    let folded = Array(name.lowercased().utf8)
    let ranked = candidates.map { ($0, folded.editDistance(to: Array($0.lowercased().utf8))) }
    guard let (best, distance) = ranked.min(by: { $0.1 < $1.1 }),
      distance <= max(2, best.count / 3)
    else { return nil }
    return best
  }
}
