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
  init(_ text: Name) {
    self.text = text
    let original = Array(text.string.unicodeScalars.map(Self.straightened))
    let folded = original.map(Self.folded)
    completeOutcome =
      NormalisationRules.outcomes.first { folded.starts(with: $0.prefix.unicodeScalars) }?.outcome
      ?? .complete
    failureClass =
      NormalisationRules.failures.first { rule in
        folded.starts(with: rule.prefix.unicodeScalars)
          && rule.part.map { folded.firstIndex(of: $0) != nil } ?? true
      }?.failureClass ?? Self.failedStep(original, folded: folded) ?? .unclassified
    approvalsOutstanding = Self.number(after: "awaiting ", before: " more approval", in: folded)
    rejectedByID = Self.number(after: "workflow rejected by user with id ", before: "", in: folded)
    showsApproval =
      approvalsOutstanding != nil
      || folded.starts(with: "workflow rejected by user".unicodeScalars)
  }

  /// The class of `Step 'name' failed…`, with or without quotes around the name.
  private static func failedStep(
    _ original: [Unicode.Scalar], folded: [Unicode.Scalar]
  ) -> FailureClass? {
    // text: a search by code points
    guard folded.starts(with: "step ".unicodeScalars), let end = folded.firstIndex(of: " failed")
    else { return nil }
    var name = 5..<max(end, 5)
    if name.count >= 2, let quote = original[name].first, quote == "'" || quote == "\"",
      original[name].last == quote
    {
      name = name.lowerBound + 1..<name.upperBound - 1
    }
    guard !name.isEmpty else { return nil }
    let builtIn = NormalisationRules.steps.first {
      Array($0.name.unicodeScalars) == Array(folded[name])
    }
    return builtIn?.failureClass
      ?? .customStep(Name(String(String.UnicodeScalarView(original[name]))))
  }

  private static func number(
    after prefix: String, before suffix: String, in folded: [Unicode.Scalar]
  ) -> Int64? {
    guard folded.starts(with: prefix.unicodeScalars) else { return nil }
    let rest = folded.dropFirst(prefix.unicodeScalars.count)
    let digits = rest.prefix { "0"..."9" ~= $0 }
    guard rest.dropFirst(digits.count).starts(with: suffix.unicodeScalars) else { return nil }
    return Int64(String(String.UnicodeScalarView(digits)))
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

extension [Unicode.Scalar] {
  /// Where a text first occurs.
  fileprivate func firstIndex(of text: String) -> Int? {
    let sought = Array(text.unicodeScalars)
    return indices.first { self[$0...].starts(with: sought) }
  }
}
