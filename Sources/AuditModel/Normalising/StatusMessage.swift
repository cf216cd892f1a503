/// What a status message says, by the rules of ``NormalisationRules``; the instances of a shard share it.
final class StatusMessage: Sendable {
  /// The message.
  let text: Name
  /// What happened to a Complete instance.
  let completeOutcome: Outcome
  /// Why a Failed instance failed.
  let failureClass: FailureClass
  /// "Awaiting 2 more approval(s)": how many.
  let approvalsOutstanding: Int64?
  /// "Workflow rejected by user with Id 7": which.
  let rejectedByID: Int64?
  /// Whether the message could only come from a workflow that asks for approval.
  let showsApproval: Bool

  /// Reads a message, matching without regard to ASCII case and to the shape of quotes.
  init(_ text: Name, configured rules: [FailurePattern] = []) {
    self.text = text
    let original = Array(text.string.unicodeScalars)
    let folded = original.map(Self.matched)
    completeOutcome =
      NormalisationRules.outcomes.first { folded.starts(with: $0.prefix.unicodeScalars) }?.outcome
      ?? .complete
    failureClass =
      rules.first { $0.fits(folded) }?.failureClass
      ?? NormalisationRules.failures.first { rule in
        folded.starts(with: rule.prefix.unicodeScalars)
          && rule.part.map { folded.firstOccurrence(of: $0) != nil } ?? true
      }?.failureClass ?? Self.failedStep(original, folded: folded) ?? .unclassified
    approvalsOutstanding = Self.number(after: "awaiting ", before: " more approval", in: folded)
    rejectedByID = Self.number(after: "workflow rejected by user with id ", before: "", in: folded)
    showsApproval =
      approvalsOutstanding != nil
      || folded.starts(with: "workflow rejected by user".unicodeScalars)
  }

  /// The class of `Step 'name' failed: …`, with or without quotes around the name, which is kept as it is written.
  private static func failedStep(
    _ original: [Unicode.Scalar], folded: [Unicode.Scalar]
  ) -> FailureClass? {
    guard folded.starts(with: "step ".unicodeScalars),
      let name = quotedName(in: folded) ?? plainName(in: folded), !name.isEmpty
    else { return nil }
    let builtIn = NormalisationRules.steps.first {
      Array($0.name.unicodeScalars) == Array(folded[name])
    }
    return builtIn?.failureClass
      ?? .customStep(Name(String(String.UnicodeScalarView(original[name]))))
  }

  /// Where a name in quotes lies behind `step `: a name may hold quotes and the word itself, so that only both together end it.
  private static func quotedName(in folded: [Unicode.Scalar]) -> Range<Int>? {
    guard folded.count > 5, folded[5] == "'" || folded[5] == "\"" else { return nil }
    return folded.firstOccurrence(of: "\(folded[5]) failed:", "\(folded[5]) failed", from: 6)
      .map { 6..<$0 }
  }

  /// Where a name without quotes lies behind `step `; it is empty where the message has none.
  private static func plainName(in folded: [Unicode.Scalar]) -> Range<Int>? {
    folded.firstOccurrence(of: " failed:", " failed", from: 4).map { 5..<max($0, 5) }
  }

  /// A number between two texts; without a second one it must end like a word, since an id may be more than its first digits.
  private static func number(
    after prefix: String, before suffix: String, in folded: [Unicode.Scalar]
  ) -> Int64? {
    guard folded.starts(with: prefix.unicodeScalars) else { return nil }
    let rest = folded.dropFirst(prefix.unicodeScalars.count)
    let digits = rest.prefix { "0"..."9" ~= $0 }
    let next = rest.dropFirst(digits.count)
    guard next.starts(with: suffix.unicodeScalars),
      !suffix.isEmpty || next.first.map(" \t\r\n.,;:)".unicodeScalars.contains) ?? true
    else { return nil }
    return Int64(String(String.UnicodeScalarView(digits)))
  }

  /// A code point as it is matched: quotes straight, ASCII letters in lower case.
  fileprivate static func matched(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    folded(straightened(scalar))
  }

  private static func straightened(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "\u{2018}", "\u{2019}": "'"
    case "\u{201C}", "\u{201D}": "\""
    default: scalar
    }
  }

  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    "A"..."Z" ~= scalar ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
  }
}

/// A rule of the configuration, ready to be matched.
struct FailurePattern: Sendable {
  let failureClass: FailureClass
  private let text: [Unicode.Scalar]
  private let isPrefix: Bool

  init(_ rule: WordingRules.Failure) {
    failureClass = .configured(rule.name)
    text = rule.text.string.unicodeScalars.map(StatusMessage.matched)
    isPrefix = rule.isPrefix
  }

  /// Whether it fits a message whose code points are as they are matched.
  fileprivate func fits(_ message: [Unicode.Scalar]) -> Bool {
    isPrefix ? message.starts(with: text) : message.contains(text)
  }
}

extension [Unicode.Scalar] {
  /// Where the first of some texts that occurs at all first occurs, from a position on.
  fileprivate func firstOccurrence(of texts: String..., from start: Int = 0) -> Int? {
    for text in texts {
      let sought = Array(text.unicodeScalars)
      if let index = indices[start...].first(where: { self[$0...].starts(with: sought) }) {
        return index
      }
    }
    return nil
  }
}
