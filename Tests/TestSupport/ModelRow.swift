import AuditModel

/// An instance of the model server.
package struct ModelRow: Sendable, Hashable {
  package var referenceID: Int64
  /// The GUID; derived from the reference id unless it is set.
  package var id: String
  package var status = "Complete"
  package var user = "EX\\ada"
  /// Milliseconds since 1970.
  package var start: Int64
  package var lastModified: Int64
  /// The title; `nil` for the usual one with the user.
  package var title: String?

  package init(_ referenceID: Int64, start: Int64) {
    self.referenceID = referenceID
    self.start = start
    lastModified = start + 60_000
    let digits = String(String(referenceID).suffix(12))
    id =
      "00000000-0000-4000-8000-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
  }

  /// The row as the server writes it.
  package func json(statusAsInteger: Bool) -> String {
    let known = ["CanceledForRestart", "Complete", "Failed", "Rejected", "Running", "Suspended"]
    let status =
      statusAsInteger ? String(known.firstIndex(of: status) ?? 9) : "\"\(self.status)\""
    let title = title ?? "\(user) is enrolling for a certificate with CN=host\(referenceID)."
    let written = title.flatMap { $0 == "\\" ? "\\\\" : $0 == "\"" ? "\\\"" : String($0) }
    return #"{"Id":"\#(id)","Status":\#(status),"#
      + #""CurrentStepId":"11111111-1111-4111-8111-111111111111","StatusMessage":null,"#
      + #""Definition":{"Id":"22222222-2222-4222-8222-222222222222","DisplayName":"Global","#
      + #""Version":1,"WorkflowType":"Enrollment"},"CurrentStepDisplayName":"End","#
      + #""CurrentStepUniqueName":"EndNOOP","Title":"\#(String(written))","#
      + #""LastModified":"\#(Instant(milliseconds: lastModified))","#
      + #""StartDate":"\#(Instant(milliseconds: start))","ReferenceId":\#(referenceID)}"#
  }
}
