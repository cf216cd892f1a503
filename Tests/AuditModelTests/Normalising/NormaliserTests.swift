import TestSupport
import Testing

@testable import AuditModel

@Suite("Normalising rows")
struct NormaliserTests {
  private static let asOf = Instant(rfc3339: "2026-11-02T00:00:00Z")

  private func normalise(
    _ fields: String, window: Window? = nil, statusMap: [Int64: Status] = [:],
    wordings: WordingRules = WordingRules()
  ) throws -> (Instance, InstanceBatch) {
    let json = """
      [{"Id":"9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1","ReferenceId":1,"StartDate":"2026-10-01T00:00:00Z",
      "LastModified":"2026-10-01T00:00:01Z"\(fields.isEmpty ? "" : ",")\(fields)}]
      """
    var normaliser = Normaliser(
      settings: .init(
        window: window, asOf: Self.asOf, statusMap: statusMap, wordings: wordings))
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
    "An integer status in quotes obeys the map when it is written as JSON writes integers, and is kept as received else",
    arguments: [
      ("2", .failed), ("-1", .rejected), ("0", .running), ("02", .unknown), (" 2", .unknown),
      ("2 ", .unknown), ("+2", .unknown), ("2.0", .unknown), ("2e0", .unknown), ("-0", .unknown),
      ("\u{FF12}", .unknown), ("3", .unknown), ("99999999999999999999", .unknown), ("", .unknown),
    ] as [(String, Status)])
  func integerInQuotes(written: String, status: Status) throws {
    let map: [Int64: Status] = [2: .failed, -1: .rejected, 0: .running]
    let (instance, _) = try normalise(#""Status":"\#(written)""#, statusMap: map)
    #expect(instance.status == status)
    #expect(instance.statusText?.string == (status == .unknown ? written : nil))
    #expect(instance.quality.contains(.unknownStatus) == (status == .unknown))
  }

  @Test("A name is a status in any ASCII case, and in no other spelling")
  func statusSpelling() {
    #expect(Status(name: "SUSPENDED") == .suspended)
    for name in ["Suspended\u{301}", "\u{17F}uspended", "unknown", "Suspended "] {
      #expect(Status(name: name) == nil, "\(name)")
    }
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

  @Test(
    "The name of a failed step ends where its quote does, and keeps the quotes within it",
    arguments: [
      ("Step 'Mail on failed renewal (B)' failed: x", "Mail on failed renewal (B)"),
      ("Step 'Mail' failed: Step 'Other' failed: x", "Mail"),
      ("Step 'The boss' failed mail' failed: x", "The boss' failed mail"),
      ("Step 'O’Brien’s “mail”' failed: x", "O’Brien’s “mail”"),
      ("Step ‘Don’t “mail”’ FAILED: x", "Don’t “mail”"),
      (#"Step \"It's 'failed' mail\" failed:x"#, "It's 'failed' mail"),
      ("Step Mail on failed renewal (B) failed: x", "Mail on failed renewal (B)"),
      ("Step 'Mail' failed", "Mail"), ("Step Mail failed", "Mail"),
      ("Step 'Mail failed: x", "'Mail"), ("Step ' failed: x", "'"),
      ("Step 'Mail\u{301}' failed: x", "Mail\u{301}"),
      ("Step 'Mail\u{20E3}' failed\u{301}: x", "Mail\u{20E3}"),
      ("Step '' failed: x", nil), ("Step  failed: x", nil), ("Step failed: y failed: x", nil),
      ("Step 'Mail' is failing: x", nil), ("A step 'Mail' failed: x", nil),
    ] as [(String, String?)])
  func stepNames(message: String, name: String?) throws {
    let (failed, _) = try normalise(#""Status":"Failed","StatusMessage":"\#(message)""#)
    #expect(
      failed.failureClass == (name.map { .customStep(Name($0)) } ?? .unclassified),
      "\(String(describing: failed.failureClass))")
  }

  @Test(
    "Whatever the name of a step, its message gives it back",
    arguments: 0..<200 as Range<UInt64>)
  func stepNamesComeBack(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "Mail", " failed", "'", "’", "”", " ", "(B)", "\u{301}", "é", " failed ", "Id 7", "Step ",
    ]
    let quotes = [("'", "'"), ("‘", "’"), ("“", "”"), (#"\""#, #"\""#)]
    let name =
      "N" + (0..<6).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined() + "."
    let quote = quotes[Int(seed) % quotes.count]
    let (failed, _) = try normalise(
      #""Status":"Failed","StatusMessage":"Step \#(quote.0)\#(name)\#(quote.1) failed: Step 'N' failed: x""#
    )
    #expect(failed.failureClass == .customStep(Name(name)))
  }

  @Test(
    "The rejecting id is a number that ends like a word",
    arguments: [
      ("7", 7), ("7.", 7), ("7, at night", 7), ("7 (B)", 7), ("12)", 12),
      ("7c9e6679-7425-40de-944b-e07fc1f90ae7", nil), ("7-8", nil), ("7_b", nil), ("7é", nil),
      ("99999999999999999999", nil), ("#7", nil), ("", nil),
    ] as [(String, Int64?)])
  func rejectingID(written: String, id: Int64?) throws {
    let (instance, _) = try normalise(
      #""Status":"Rejected","StatusMessage":"Workflow rejected by user with Id \#(written)""#)
    #expect(instance.rejectedByID == id)
    #expect(instance.showsApproval)
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
      (" is revoking certificate with CN=a.", .revoke, nil, "CN=a", "a"),
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

  /// Read before the built-in rules, in this order.
  private static let taught: WordingRules = {
    var rules = WordingRules()
    rules.titles = [
      .init(phrase: Name(" is revoking certificate"), action: .other),
      .init(phrase: Name(" is renewing certificate with "), action: .enroll),
      .init(phrase: Name("Zertifikat für "), action: .enroll),
      .init(phrase: Name(" is renewing "), action: .revoke),
    ]
    rules.failures = [
      .init(name: Name("itsm"), text: Name("ServiceNow 'ticket'"), isPrefix: false),
      .init(name: Name("denied"), text: Name("ACCESS IS"), isPrefix: true),
      .init(name: Name("other"), text: Name("ticket"), isPrefix: false),
    ]
    return rules
  }()

  @Test(
    "A phrase of the configuration counts where it begins first, or with a built-in one",
    arguments: [
      ("a is renewing certificate with CN=b.", .configured(2), "a", "CN=b", "b"),
      ("a is renewing CN=b.", .configured(4), "a", "CN=b", "b"),
      ("a is revoking certificate with CN=b.", .configured(1), "a", " with CN=b", nil),
      ("a is enrolling for a certificate with CN=b.", .enroll, "a", "CN=b", "b"),
      (
        "a is enrolling for a certificate with CN=b is renewing certificate with c", .enroll, "a",
        "CN=b is renewing certificate with c", "b is renewing certificate with c"
      ),
      ("Zertifikat für CN=ü.", .configured(3), nil, "CN=ü", "ü"),
      ("Zertifikat", .unrecognised, nil, nil, nil),
    ] as [(String, TitleRule, String?, String?, String?)])
  func taughtTitles(
    title: String, rule: TitleRule, user: String?, subject: String?, commonName: String?
  ) throws {
    let (instance, batch) = try normalise(#""Title":"\#(title)""#, wordings: Self.taught)
    #expect(instance.titleRule == rule)
    #expect(instance.user?.spelling.string == user)
    #expect(instance.subject.map(batch.string) == subject)
    #expect(instance.commonName.map(batch.string) == commonName)
  }

  @Test("The action of a rule counts like a built-in one, but other contradicts no workflow type")
  func taughtActions() throws {
    func read(_ title: String, _ type: String) throws -> (Action, Bool) {
      let (instance, _) = try normalise(
        #""Title":"\#(title)","Definition":{"WorkflowType":"\#(type)"}"#, wordings: Self.taught)
      return (instance.action, instance.quality.contains(.titleTypeMismatch))
    }
    #expect(try read("a is renewing CN=b", "Rotation") == (.revoke, false))
    #expect(try read("a is renewing CN=b", "Enrollment") == (.enroll, true))
    #expect(try read("a is revoking certificate b", "Enrollment") == (.enroll, false))
    #expect(try read("a is revoking certificate b", "Rotation") == (.other, false))
  }

  @Test(
    "A failure is of the first class of the configuration that fits, whatever the case and the quotes",
    arguments: [
      ("x servicenow ‘Ticket’ 7", "itsm"), ("Access is denied", "denied"),
      ("No access is given", "unclassified"), ("Step 'a' failed: ticket", "other"),
      ("Step 'a' failed: no", "customStep"),
    ])
  func taughtFailures(message: String, name: String) throws {
    let (instance, _) = try normalise(
      #""Status":"Failed","StatusMessage":"\#(message)""#, wordings: Self.taught)
    #expect(instance.failureClass?.name == name)
  }

  @Test("Every rule of a title has a name of its own, and the first are those that are built in")
  func ruleNames() {
    #expect(Set(TitleRule.allCases.map(\.name)).count == 103)
    #expect(
      TitleRule.cases(configured: 2).map(\.name)
        == ["enroll", "revoke", "unrecognised", "config:1", "config:2"])
    #expect(TitleRule.configured(TitleRule.mostConfigured).name == "config:100")
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
