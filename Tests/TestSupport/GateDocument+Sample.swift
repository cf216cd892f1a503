package import AuditModel

extension GateDocument {
  /// A check that ended so, with a text wherever a text of somebody else's can be.
  package static func sample(_ result: Result, _ text: String = "Failures") -> GateDocument {
    let group = GateDocument.Evaluated(
      group: text, label: text, value: 0.077, n: 13, breach: result != .passed,
      waivedBy: result == .excepted
        ? Waiver(words: text, expires: Instant(milliseconds: 1_798_761_600_000), group: text)
        : nil)
    return GateDocument(
      id: "gate-\(result.rawValue)", title: text, severity: "high",
      question: .figure(
        .single("failureRates", "share", .ratio), .point, min: nil, max: 0.05, minimumN: 1),
      evaluated: result == .notJudged ? [] : [group])
  }
}
