import Testing

@testable import AuditModel

@Suite("Normalising rows")
struct NormaliserTests {
  private static let asOf = Instant(rfc3339: "2026-11-02T00:00:00Z")

  private func normalise(
    _ fields: String, window: Window? = nil, statusMap: [Int64: Status] = [:]
  ) throws -> (Instance, InstanceBatch) {
    let json = """
      [{"Id":"9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1","ReferenceId":1,"StartDate":"2026-10-01T00:00:00Z",
      "LastModified":"2026-10-01T00:00:01Z"\(fields.isEmpty ? "" : ",")\(fields)}]
      """
    var normaliser = Normaliser(
      settings: .init(window: window, asOf: Self.asOf, statusMap: statusMap))
    let batch = normaliser.normalise(try PageReader.read(Array(json.utf8), page: "p"))
    return (try #require(batch.instances.first), batch)
  }

  @Test(
    "Every status of the vendor's page is read, and what it means",
    arguments: [
      ("CanceledForRestart", .canceledForRestart, .superseded), ("Complete", .complete, .complete),
      ("Failed", .failed, .failed), ("Rejected", .rejected, .rejected),
      ("Running", .running, .open),
      ("Suspended", .suspended, .open), ("complete", .complete, .complete),
      ("Paused", .unknown, .unknown),
    ] as [(String, Status, Outcome)])
  func statuses(written: String, status: Status, outcome: Outcome) throws {
    let (instance, _) = try normalise(#""Status":"\#(written)""#)
    #expect(instance.status == status)
    #expect(instance.outcome == outcome)
    #expect(instance.quality.contains(.unknownStatus) == (status == .unknown))
    #expect(instance.statusText?.string == (status == .unknown ? written : nil))
  }

  @Test("An integer status is unknown, unless the configuration names it")
  func integerStatus() throws {
    let (unknown, _) = try normalise(#""Status":2"#)
    #expect(unknown.status == .unknown)
    #expect(unknown.statusText?.string == "unknown(2)")
    let (named, _) = try normalise(#""Status":2"#, statusMap: [2: .failed])
    #expect(named.status == .failed)
  }

  @Test(
    "Every message of the vendor's page is read, for a Complete and for a Failed instance",
    arguments: [
      ("Access is denied", .complete, .accessDenied),
      ("Awaiting 2 more approval(s) from approval roles.", .complete, .unclassified),
      (
        "Either the credentials are invalid, or the CA on ca01.example.com is not running",
        .complete,
        .caUnavailable
      ),
      ("Issued", .issued, .unclassified),
      ("Issued. The private key was successfully retained.", .issued, .unclassified),
      ("Post-process Failed: the CA says no", .complete, .postProcess),
      ("Pre-process failed: no template", .complete, .preProcess),
      ("Revoked", .revoked, .unclassified),
      ("Step ‘Keyfactor-Enroll’ failed: no", .complete, .enrollStep),
      ("Step 'Keyfactor-Revoke' failed:no", .complete, .revokeStep),
      ("Step Call ITSM failed: 502", .complete, .customStep(Name("Call ITSM"))),
      ("step \\u0022Submit to CA\\u0022 FAILED: RPC", .complete, .customStep(Name("Submit to CA"))),
      (
        "Taken Under Submission. The certificate template requires manager approval, and is marked as pending.",
        .pendingAtCA, .unclassified
      ),
      ("Workflow rejected by user with Id 7.", .complete, .unclassified),
      ("", .complete, .unclassified),
    ] as [(String, Outcome, FailureClass)])
  func messages(message: String, outcome: Outcome, failureClass: FailureClass) throws {
    let (complete, _) = try normalise(#""Status":"Complete","StatusMessage":"\#(message)""#)
    #expect(complete.outcome == outcome)
    #expect(complete.failureClass == nil)
    let (failed, _) = try normalise(#""Status":"Failed","StatusMessage":"\#(message)""#)
    #expect(failed.outcome == .failed)
    #expect(failed.failureClass == failureClass)
  }

  @Test("Approvals outstanding and the rejecting id are read")
  func approvals() throws {
    let (waiting, _) = try normalise(
      #""Status":"Suspended","StatusMessage":"Awaiting 12 more approval(s) from approval roles.""#)
    #expect(waiting.approvalsOutstanding == 12)
    #expect(waiting.showsApproval)
    let (rejected, _) = try normalise(
      #""Status":"Rejected","StatusMessage":"Workflow rejected by user with Id 31.""#)
    #expect(rejected.rejectedByID == 31)
    #expect(rejected.showsApproval)
    let (step, _) = try normalise(#""CurrentStepUniqueName":"RequireApproval7""#)
    #expect(step.showsApproval)
  }

  @Test(
    "Titles are split at the earliest phrase",
    arguments: [
      (
        #"KEYEXAMPLE\\jsmith is enrolling for a certificate with CN=appsrvr14.keyexample.com."#,
        .enroll, #"KEYEXAMPLE\jsmith"#, "CN=appsrvr14.keyexample.com", "appsrvr14.keyexample.com"
      ),
      (
        #"KEYEXAMPLE\\jsmith is revoking certificate with CN=a.b.."#, .revoke,
        #"KEYEXAMPLE\jsmith"#,
        "CN=a.b.", "a.b."
      ),
      (
        "Timer Service is enrolling for a certificate with CN=x is revoking certificate with CN=y",
        .enroll, "Timer Service", "CN=x is revoking certificate with CN=y",
        "x is revoking certificate with CN=y"
      ),
      (
        "a is enrolling for a certificate with CN=Acme Widgets, Inc. Gateway 12.", .enroll, "a",
        "CN=Acme Widgets, Inc. Gateway 12", "Acme Widgets, Inc. Gateway 12"
      ),
      (
        #"a is enrolling for a certificate with O=x,cn=Acme\\, Inc\\C3\\A9."#, .enroll, "a",
        #"O=x,cn=Acme\, Inc\C3\A9"#, "Acme, Incé"
      ),
      ("a is revoking certificate with CN=a,CN=b.", .revoke, "a", "CN=a,CN=b", "a"),
      ("a is revoking certificate with O=x.", .revoke, "a", "O=x", nil),
      ("a is revoking certificate with CN=.", .revoke, "a", "CN=", nil),
      ("a is revoking certificate with .", .revoke, "a", nil, nil),
      ("a is revoking certificate with *.example.com.", .revoke, "a", "*.example.com", nil),
      ("Certificate with CN=a entered collection b", .unrecognised, nil, nil, nil),
    ] as [(String, TitleRule, String?, String?, String?)])
  func titles(
    title: String, rule: TitleRule, user: String?, subject: String?, commonName: String?
  ) throws {
    let (instance, batch) = try normalise(#""Title":"\#(title)""#)
    #expect(instance.titleRule == rule)
    #expect(instance.user?.spelling.string == user)
    #expect(instance.subject.map(batch.string) == subject)
    #expect(instance.commonName.map(batch.string) == commonName)
    #expect(instance.title != nil)
  }

  @Test(
    "Users have a kind and a grouping key",
    arguments: [
      ("Timer Service", .timer, "Timer Service"),
      (#"KeyExample\\JSmith"#, .domain, #"keyexample\jsmith"#),
      ("J@Example.com", .principal, "J@Example.com"), ("Alpha-Rho", .client, "Alpha-Rho"),
      (#"D\\É"#, .domain, #"d\É"#),
    ] as [(String, User.Kind, String)])
  func users(written: String, kind: User.Kind, key: String) throws {
    let (instance, _) = try normalise(#""Title":"\#(written) is revoking certificate with CN=a.""#)
    #expect(instance.user?.kind == kind)
    #expect(instance.user?.key == Name(key))
  }

  @Test("The workflow type gives the action when it disagrees with the title")
  func disagreement() throws {
    let (instance, _) = try normalise(
      #""Title":"a is revoking certificate with CN=a.","Definition":{"WorkflowType":"Enrollment"}"#)
    #expect(instance.action == .enroll)
    #expect(instance.quality == .titleTypeMismatch.union(.unknownStatus))
    let (other, _) = try normalise(
      #""Title":"a is revoking certificate with CN=a.","Definition":{"WorkflowType":"Expiration"}"#)
    #expect(other.action == .revoke)
    #expect(!other.quality.contains(.titleTypeMismatch))
    let (untitled, _) = try normalise(#""Title":null,"Definition":{"WorkflowType":"Revocation"}"#)
    #expect(untitled.action == .revoke)
    #expect(untitled.quality.contains(.nullTitle))
  }

  @Test(
    "Odd dates are flagged, and the row is kept",
    arguments: [
      (#"null"#, #""2026-10-01T00:00:00Z""#, .badDate),
      (#""0001-01-01T00:00:00""#, #""2026-10-01T00:00:00Z""#, .badDate),
      (#""2026-10-01T00:00:00Z""#, #""2026-10-01T00:00:60Z""#, .badDate),
      (#""2026-10-01T00:00:01Z""#, #""2026-10-01T00:00:00.999""#, .negativeDuration),
      (#""2026-10-01T00:00:00Z""#, #""2026-11-02T00:05:00.001Z""#, .futureDate),
      (#""9999-12-31T23:59:59Z""#, #""9999-12-31T23:59:59Z""#, .badDate),
      (#""9998-12-31T23:59:59Z""#, #""9998-12-31T23:59:59Z""#, .futureDate),
      (#""2026-10-01T00:00:00Z""#, #""2026-11-02T00:05:00Z""#, []),
      (#""2026-10-01T05:45:00+05:45""#, #""2026-10-01T00:00:00.0000001Z""#, []),
    ] as [(String, String, DataQuality)])
  func dates(start: String, lastModified: String, flag: DataQuality) throws {
    let json = """
      [{"Id":"9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1","ReferenceId":1,"Status":"Failed","Title":"",
      "StartDate":\(start),"LastModified":\(lastModified)}]
      """
    var normaliser = Normaliser(settings: .init(window: nil, asOf: Self.asOf, statusMap: [:]))
    let batch = normaliser.normalise(try PageReader.read(Array(json.utf8), page: "p"))
    #expect(batch.instances.first?.quality == flag)
  }

  @Test("A row that starts outside the window is flagged; one at its first instant is inside")
  func window() throws {
    let first = try #require(Instant(rfc3339: "2026-10-01T00:00:00Z"))
    let later = first.advanced(byMilliseconds: 1)
    let (inside, _) = try normalise("", window: Window(from: first, to: later, zone: .utc))
    #expect(!inside.quality.contains(.outOfWindow))
    let (outside, _) = try normalise(
      "", window: Window(from: later, to: later.advanced(byMilliseconds: 1), zone: .utc))
    #expect(outside.quality.contains(.outOfWindow))
  }
}
