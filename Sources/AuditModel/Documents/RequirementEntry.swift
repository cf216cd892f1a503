/// What readers of audit evidence ask for: R1 to R16, in our words, and by which rule a report shows it.
package enum RequirementEntry: String, CaseIterable, Sendable {
  /// Requests and their outcomes.
  case r1 = "R1"
  /// Time, description and person.
  case r2 = "R2"
  /// When something was processed, and by whom.
  case r3 = "R3"
  /// Event, outcome and identities.
  case r4 = "R4"
  /// Who approved, so that nobody can deny it.
  case r5 = "R5"
  /// Duties kept apart.
  case r6 = "R6"
  /// A second person for EV certificates.
  case r7 = "R7"
  /// Accounts of single persons.
  case r8 = "R8"
  /// Revocation in time.
  case r9 = "R9"
  /// How long records are kept.
  case r10 = "R10"
  /// Reviews of logs.
  case r11 = "R11"
  /// Audits of samples.
  case r12 = "R12"
  /// Source, query, run and totals.
  case r13 = "R13"
  /// The whole population.
  case r14 = "R14"
  /// Records that nobody can change unseen.
  case r15 = "R15"
  /// Automation and people.
  case r16 = "R16"

  /// What is asked for.
  package var title: String { facts.title }
  /// Where it is asked for.
  package var source: String { facts.source }
  /// When which state is reported.
  package var rule: String { facts.rule }

  private var facts: (title: String, source: String, rule: String) {
    switch self {
    case .r1:
      (
        "Requests and outcomes are recorded", "CA/B Forum BR 5.4.1 (2)",
        "shown where completeness is proved and every instance has a workflow type and a known status, else partly"
      )
    case .r2:
      (
        "A record has time, description and person", "CA/B Forum BR 5.4.1",
        "shown where completeness is proved, no instance lacks type, status, dates, requester or definition, and every "
          + "finished request that asked for approval has a decision (--approvals), else partly"
      )
    case .r3:
      (
        "Times and people of processing are known", "CA/B Forum BR 5.4.1",
        "as R2"
      )
    case .r4:
      (
        "A record has event, outcome and identities", "NIST SP 800-53 AU-3",
        "as R2"
      )
    case .r5:
      (
        "Nobody can deny an approval", "NIST SP 800-53 AU-10",
        "partly with decisions (--approvals), else notInData; nothing binds a decision to a person"
      )
    case .r6:
      (
        "Duties are separated", "NIST SP 800-53 AC-5; CA/B Forum NSR 1.7, 2 b",
        "partly with definitions (--control-design) or decisions (--approvals), else notInData"
      )
    case .r7:
      (
        "A second person approves an EV certificate", "CA/B Forum EVG 5.2.4",
        "as R6; which certificates are EV is not in the data"
      )
    case .r8:
      (
        "Accounts are personal and not shared", "CA/B Forum NSR 1.7, 2 f",
        "partly; whether several people use an account is not in the data"
      )
    case .r9:
      (
        "Revocation follows a report in time", "CA/B Forum BR 4.9.1.1, 4.9.5",
        "partly where a finished revocation is timed or held against a limit, else notInData; when the problem was "
          + "reported is not in the data"
      )
    case .r10:
      (
        "Records outlive their certificate", "CA/B Forum BR 5.4.3, 5.5.2",
        "partly; when a certificate ends, and how long the data is kept, is not recorded"
      )
    case .r11:
      (
        "Logs are reviewed at least monthly", "CA/B Forum NSR 1.7, 3 e",
        "partly in a report over several packs of a server, else notInData; that a person reviewed them is not in the "
          + "packs"
      )
    case .r12:
      (
        "A random sample is audited each quarter", "CA/B Forum BR 8.7",
        "partly where completeness is proved, since kfaudit sample --rule br-8.7 draws it, else notInData"
      )
    case .r13:
      (
        "Source, query, run and totals are known", "AICPA AT-C 205.36",
        "partly; the text of the requirement lists what is not shown"
      )
    case .r14:
      (
        "The population is complete and kept", "AICPA AT-C 205.36",
        "shown in the pack of a read whose completeness is proved, with an instance or more, none of which is gone or "
          + "different since the earlier pack, else partly"
      )
    case .r15:
      (
        "Records are whole and protected", "ETSI EN 319 401, 7.10",
        "partly; kfaudit verify shows whether a pack is still what was published"
      )
    case .r16:
      (
        "Automation is told apart from people", "audit practice",
        "partly; a named account counts as automation only where the configuration lists it"
      )
    }
  }
}
