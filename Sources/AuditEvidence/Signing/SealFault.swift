/// Why a signature or a time-stamp does not stand.
struct SealFault: Error, Equatable, CustomStringConvertible {
  /// The reasons: sentences, or a clause that a sentence is made of.
  var reasons: [String]

  /// Tells one reason.
  init(_ reason: String) {
    reasons = [reason]
  }

  /// Tells several.
  init(reasons: [String]) {
    self.reasons = reasons
  }

  var description: String { reasons.joined(separator: " ") }
}
