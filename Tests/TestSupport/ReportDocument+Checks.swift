package import AuditModel

extension ReportDocument {
  /// The report with a check of each result, controls of three frameworks of which one is declared, and two waivers; a
  /// text stands wherever one of somebody else's can be.
  package func withChecks(_ text: String = "Failures") -> ReportDocument {
    var report = self
    report.gates = [.passed, .failed, .excepted, .notJudged].map { .sample($0, text) }
    for (index, references) in [
      ["nist-800-53/AC-5", "cabf-br/4.9.1.1"], ["nist-800-53/AU-2(4)"],
      ["soc2/CC6.1", "cabf-br/4.9.1.1"], ["nist-800-53/AU-10"],
    ].enumerated() {
      report.gates[index].controls = references.compactMap { ControlReference($0) }
    }
    report.gates[2].evaluated.append(
      GateDocument.Evaluated(
        group: nil, label: nil, value: 0.5, low: 0.2, high: 0.8, n: 8, breach: true,
        waivedBy: .init(
          words: "until the year 3000 by B (T-2): \(text)",
          expires: Instant(milliseconds: 32_503_680_000_000), group: nil)))
    report.frameworks = [
      ControlFramework(
        id: "cabf-br", title: "CA/Browser Forum, Baseline Requirements",
        source: "https://cabforum.org/working-groups/server/baseline-requirements/",
        controls: [
          .init(
            id: "4.9.1.1", title: "Revocation within 24 hours or 5 days",
            cannotShow: "when \(text) was reported"),
          .init(id: "4.9.5", title: "Time to revoke"),
        ])
    ]
    return report
  }
}
