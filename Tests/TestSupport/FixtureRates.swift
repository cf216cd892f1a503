import AuditModel

/// Thirty users of whom a few fail often, with the names that reports have to cope with.
struct FixtureRates {
  var text: @Sendable (String) -> String

  private static let names = [
    "CORP\\jdoe", "CORP\\m.okafor", "Timer Service", "terraform-ci", "ana.lindqvist@corp.example",
    "CORP\\аdmin", "CORP\\x.wang", "CORP\\svc_web",
    "CORP\\a-very-long-account-name-that-goes-on-and-on-01",
    "שלום@corp.example",
  ]

  var failures: FailureRatesDocument {
    FailureRatesDocument(
      failed: 205, terminal: 4944,
      byUser: (0..<30).map { index in
        let name =
          index < Self.names.count
          ? Self.names[index] : "CORP\\user\(index < 10 ? "0" : "")\(index)"
        return row(.user(text(name)), .failed, max(0, 21 - index), 60 + index * 3)
      },
      byDefinition: [
        row(
          .definition(
            id: "5d1f8f6e-4c5b-4a53-9d4f-0d8b5f0c7a11",
            name: text("Web server enrolment with approval")), .failed, 120, 2308),
        row(
          .definition(
            id: "a31e0d94-11f7-4a0e-9d55-7c2a6b3e4f03", name: text("Global revocation")), .failed,
          34, 981),
        row(
          .definition(
            id: "0b6c2c52-8f0e-4f0a-8f43-1f6f1d7a9c02", name: text("Device enrolment")), .failed,
          51,
          1653),
        row(.definition(id: "f0000000-0000-4000-8000-000000000004", name: nil), .failed, 0, 2),
      ],
      byStep: [
        row(
          .step(uniqueName: text("Keyfactor-Enroll"), name: text("Keyfactor-Enroll")), .failed, 118,
          4944),
        row(.step(uniqueName: text("Custom1"), name: text("Check CMDB")), .failed, 40, 4944),
        row(
          .step(uniqueName: text("Keyfactor-Revoke"), name: text("Keyfactor-Revoke")), .failed, 34,
          4944),
        row(.step(uniqueName: nil, name: nil), .failed, 13, 4944),
      ],
      byClass: [
        row(.failureClass("enrollStep", step: nil), .failed, 90, 4944),
        row(.failureClass("customStep", step: text("Check CMDB")), .failed, 40, 4944),
        row(.failureClass("revokeStep", step: nil), .failed, 34, 4944),
        row(.failureClass("caUnavailable", step: nil), .failed, 28, 4944),
        row(.failureClass("unclassified", step: nil), .failed, 13, 4944),
      ], withoutUser: 7, rejectionRates: rejections)
  }

  private var rejections: RejectionRatesDocument {
    RejectionRatesDocument(
      rejected: 93, terminal: 4944,
      byUser: [
        row(.user(text("CORP\\m.okafor")), .rejected, 41, 120),
        row(.user(text("CORP\\jdoe")), .rejected, 3, 4),
        row(.user(text("terraform-ci")), .rejected, 0, 900),
      ],
      byDefinition: [
        row(
          .definition(
            id: "5d1f8f6e-4c5b-4a53-9d4f-0d8b5f0c7a11",
            name: text("Web server enrolment with approval")), .rejected, 88, 2308)
      ],
      byStep: [
        row(
          .step(uniqueName: text("RequireApproval1"), name: text("Approval by PKI team")),
          .rejected,
          93, 4944)
      ])
  }

  /// Limits that are plausible and exact in binary; that they are Wilson's is not the renderer's affair.
  private func row(
    _ group: GroupRateDocument.Group, _ event: GroupRateDocument.Event, _ count: Int,
    _ terminal: Int
  ) -> GroupRateDocument {
    let rate = Double(count) / Double(terminal)
    return GroupRateDocument(
      group: group, event: event, count: count, terminal: terminal,
      rate: RateDocument(
        rate: rate, low: rate * 0.75, high: min(1, rate * 1.25 + 0.015625), small: terminal < 5))
  }
}
