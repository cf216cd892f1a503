/// What readers of audit evidence ask for, R1 to R16, and by which rule a report shows it.
///
/// A report has the same ids, titles and sources.
struct RequirementEntry {
  let id: String
  let title: String
  let source: String
  /// When which state is reported.
  let rule: String

  private init(_ id: String, _ title: String, _ source: String, _ rule: String) {
    self.id = id
    self.title = title
    self.source = source
    self.rule = rule
  }

  static let all = [
    RequirementEntry(
      "R1", "Requests and outcomes are recorded", "CA/B Forum BR 5.4.1 (2)",
      "shown where completeness is proved and every instance has a workflow type and a known status, else partly"
    ),
    RequirementEntry(
      "R2", "A record has time, description and person", "CA/B Forum BR 5.4.1",
      "shown where completeness is proved, no instance lacks type, status, dates, requester or definition, and every "
        + "finished request that asked for approval has a decision (--approvals), else partly"),
    RequirementEntry(
      "R3", "Times and people of processing are known", "CA/B Forum BR 5.4.1", "as R2"),
    RequirementEntry(
      "R4", "A record has event, outcome and identities", "NIST SP 800-53 AU-3", "as R2"),
    RequirementEntry(
      "R5", "Nobody can deny an approval", "NIST SP 800-53 AU-10",
      "partly with decisions (--approvals), else notInData; nothing binds a decision to a person"),
    RequirementEntry(
      "R6", "Duties are separated", "NIST SP 800-53 AC-5; CA/B Forum NSR 1.7, 2 b",
      "partly with definitions (--control-design) or decisions (--approvals), else notInData"),
    RequirementEntry(
      "R7", "A second person approves an EV certificate", "CA/B Forum EVG 5.2.4",
      "as R6; which certificates are EV is not in the data"),
    RequirementEntry(
      "R8", "Accounts are personal and not shared", "CA/B Forum NSR 1.7, 2 f",
      "partly; whether several people use an account is not in the data"),
    RequirementEntry(
      "R9", "Revocation follows a report in time", "CA/B Forum BR 4.9.1.1, 4.9.5",
      "partly where a finished revocation is timed or held against a limit, else notInData; when the problem was "
        + "reported is not in the data"),
    RequirementEntry(
      "R10", "Records outlive their certificate", "CA/B Forum BR 5.4.3, 5.5.2",
      "partly; when a certificate ends, and how long the data is kept, is not recorded"),
    RequirementEntry(
      "R11", "Logs are reviewed at least monthly", "CA/B Forum NSR 1.7, 3 e",
      "partly in a report over several packs of a server, else notInData; that a person reviewed them is not in the "
        + "packs"),
    RequirementEntry(
      "R12", "A random sample is audited each quarter", "CA/B Forum BR 8.7",
      "partly where completeness is proved, since kfaudit sample --rule br-8.7 draws it, else notInData"
    ),
    RequirementEntry(
      "R13", "Source, query, run and totals are known", "AICPA AT-C 205.36",
      "partly; the text of the requirement lists what is not shown"),
    RequirementEntry(
      "R14", "The population is complete and kept", "AICPA AT-C 205.36",
      "shown in the pack of a read whose completeness is proved, with an instance or more, none of which is gone or "
        + "different since the earlier pack, else partly"),
    RequirementEntry(
      "R15", "Records are whole and protected", "ETSI EN 319 401, 7.10",
      "partly; kfaudit verify shows whether a pack is still what was published"),
    RequirementEntry(
      "R16", "Automation is told apart from people", "audit practice",
      "partly; a named account counts as automation only where the configuration lists it"),
  ]

  /// What is explained of all of them, and of each.
  static var explanations: [Explanation] {
    let whole = Explanation(
      kind: .requirement, name: "requirements",
      meaning:
        "What readers of audit evidence ask for, R1 to R16, and how much of each a report shows: all (shown), a part "
        + "(partly) or nothing (notInData). Of a period without instances nothing is shown that is asked of each of them. A "
        + "state is no statement of compliance.",
      facts: [.init(key: "place", label: "In report.json", text: "requirements")])
    return [whole]
      + all.map { entry in
        Explanation(
          kind: .requirement, name: entry.id, meaning: "\(entry.title).",
          facts: [
            .init(key: "source", label: "Asked for in", text: entry.source),
            .init(key: "state", label: "State", text: "\(entry.rule)."),
            .init(
              key: "place", label: "In report.json", text: "requirements[], where id is \(entry.id)"
            ),
          ])
      }
  }
}
