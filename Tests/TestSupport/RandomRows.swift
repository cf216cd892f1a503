import AuditModel

/// Rows of saved pages that follow from a seed.
///
/// There are few users and names, so that requests repeat, restart and are revoked;
/// ties and odd dates are frequent. All of them start in September or October 2026.
package struct RandomRows {
  /// A page of JSON.
  package let page: String
  /// The configuration that goes with it.
  package let configuration: String
  /// The zone of the report.
  package let zone: String

  /// The second phrase stands before the built-in one that begins where it does.
  private static let taught = """
    titleRules:
      - {phrase: " is renewing certificate with ", action: enroll}
      - {phrase: " is revoking certificate", action: other}
      - {phrase: "never seen", action: revoke}
    failureClasses:
      - {name: nobody, startsWith: "NOBODY KNOWS"}
      - {name: denied, contains: "denied"}
    rejectedBy: {7: "CORP\\\\ada"}
    """
  private static let zones = ["UTC", "Europe/Berlin", "Africa/Cairo", "America/St_Johns"]
  private static let sizes = [0, 1, 2, 19, 20, 60, 99, 100, 150, 300]
  private static let grains: [Int64] = [1, 1000, 60_000, 3_600_000]
  private static let mixes = [
    [
      "Complete", "Complete", "Complete", "Failed", "Rejected", "Running", "Suspended",
      "CanceledForRestart", "Dreaming",
    ],
    ["Complete", "Failed"], ["Failed"], ["Running", "Suspended"],
    ["CanceledForRestart", "Complete"],
  ]
  private static let users = [
    #"CORP\\ada"#, #"corp\\Ada"#, #"CORP\\bob"#, "Timer Service", "svc-renewal", "bob@corp.example",
    #"CORP\\ren\u00e9"#,
  ]
  private static let day: Int64 = 86_400_000
  /// 2026-10-01T00:00:00Z.
  private static let origin: Int64 = 1_790_812_800_000

  /// Makes the rows of a seed.
  package init(seed: Int) {
    zone = Self.zones[seed % Self.zones.count]
    configuration = """
      serviceLevels: {Enrollment: [4h], Revocation: [24h, 5d]}
      serviceUsers: [svc-renewal]
      indicators: {ownRevocationDays: 2, hastyApprovalSeconds: 90, refusedThenObtainedDays: 9,
        batchEndsInstances: 3, batchEndsGapSeconds: 900, manyRequestersUsers: 3, manyRequestersDays: 4}
      calendar:
        timeZone: \(Self.zones[(seed + 1) % Self.zones.count])
        hours:
          Monday: ["08:00-12:00", "12:30-17:00"]
          Tuesday: ["00:00-24:00"]
          Thursday: ["08:15-18:45"]
          Sunday: ["01:00-03:30"]
        holidays: [2026-10-01, 2026-10-19]
      \(seed % 2 == 0 ? Self.taught : "")
      """
    var rows: [String] = []
    var maker = Maker(
      generator: SeededGenerator(seed: UInt64(seed)),
      grain: Self.grains[seed / 2 % Self.grains.count],
      mix: seed % 3 == 2 ? Self.mixes[seed / 3 % Self.mixes.count] : Self.mixes[0])
    for index in 0..<Self.sizes[seed % Self.sizes.count] {
      rows.append(maker.row(Int64(1000 + index * 2)))
    }
    page = "[\(rows.joined(separator: ",\n"))]"
  }

  /// Who asks for what.
  private struct Request {
    var isRevocation = false
    var user = users[0]
    var host: Int64 = 0
    var definition: Int64 = 0
  }

  /// Makes one row after the other.
  private struct Maker {
    var generator: SeededGenerator
    /// What times are rounded to, so that many are equal, some, or none.
    let grain: Int64
    let mix: [String]
    /// When the last row started or ended, near which the next one often starts.
    var last = RandomRows.origin
    /// What the last row asked for, which the next one often asks for again.
    var request = Request()
    /// Where the last row stands, where the next one often does too.
    var status = ""

    mutating func below(_ limit: Int64) -> Int64 {
      Int64.random(in: 0..<limit, using: &generator)
    }

    mutating func one<Element>(of elements: [Element]) -> Element {
      elements[Int(below(Int64(elements.count)))]
    }

    mutating func row(_ referenceID: Int64) -> String {
      if below(6) == 0 {
        request = Request(
          isRevocation: below(4) == 0, user: one(of: RandomRows.users), host: below(3),
          definition: below(4))
      }
      let isRevocation = below(6) == 0 ? below(2) == 0 : request.isRevocation
      let type = one(
        of: isRevocation ? ["Revocation"] : ["Enrollment", "Enrollment", "Expiration"])
      if status.isEmpty || below(2) == 0 { status = one(of: mix) }
      let start =
        below(2) == 0
        ? last + below(400_000) : origin + (below(34 * day) - 3 * day) / grain * grain
      last = start + below(4) * 60_000
      let end =
        below(2) == 0 ? last : start + below(below(3) == 0 ? 9 * day : day / 12) / grain * grain
      last = max(start, end)
      let verb =
        request.isRevocation
        ? "is revoking certificate with"
        : below(5) == 0
          ? "is renewing certificate with" : "is enrolling for a certificate with"
      let title =
        below(12) == 0
        ? "Something else" : "\(request.user) \(verb) CN=host\(request.host).example."
      let definition = request.definition
      return """
        {"Id":"9c996cd3-0f0e-4b0c-9f0f-\(100_000_000_000 + referenceID)","Status":"\(status)",\
        "StatusMessage":\(message(status)),\
        "Definition":{"Id":"00000000-0000-0000-0000-00000000000\(definition)",\
        "DisplayName":"Definition \(definition)","Version":\(1 + below(2)),"WorkflowType":"\(type)"},\
        "CurrentStepDisplayName":"Step \(below(3))",\
        "CurrentStepUniqueName":"\(one(of: asksForApproval ? ["Enroll", "RequireApproval1", "Notify"] : ["Enroll"]))",\
        "StartDate":\(date(start)),"LastModified":\(date(below(20) == 0 ? start - 5000 : end)),\
        "Title":"\(title)","ReferenceId":\(referenceID)}
        """
    }

    /// The others must not look as if they did.
    private var asksForApproval: Bool { request.definition < 2 }

    private mutating func message(_ status: String) -> String {
      let messages: [String] =
        switch status {
        case "Failed": ["Access is denied.", "Step 'Notify' failed: no.", "Nobody knows"]
        case "Rejected" where asksForApproval:
          ["Workflow rejected by user with Id 7", "Workflow rejected by user with Id 8"]
        case "Rejected": ["Stopped by an administrator"]
        case "Suspended" where asksForApproval:
          ["Awaiting 2 more approval(s) from approval roles.", "Waiting"]
        case "Suspended": ["Waiting"]
        default: ["Issued", "Revoked"]
        }
      return below(6) == 0 ? "null" : "\"\(one(of: messages))\""
    }

    private mutating func date(_ milliseconds: Int64) -> String {
      switch below(40) {
      case 0: "null"
      case 1: "\"0001-01-01T00:00:00\""
      case 2: "\"2031-01-01T00:00:00Z\""
      default: "\"\(Instant(milliseconds: milliseconds))\""
      }
    }
  }
}
