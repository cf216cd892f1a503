package import AuditModel

extension ApprovalsDocument: MetricResult {
  /// Its key in report.json.
  package var key: String { ApprovalsMetric.key.rawValue }

  /// The decisions that are linked.
  package var tables: [MetricTable] { [decisionTable] }

  /// What the figures are, always shown with them.
  var caption: String {
    "Approvers and times of decision are not in the Keyfactor API: they come from \(shownFile), which kfaudit cannot "
      + "check. A decision belongs to a request only where it names its ID or reference ID. Finished requests whose "
      + "workflow definition asks for approval: \(DisplayFormat.count(decided)) of "
      + "\(DisplayFormat.count(required)) have a decision. Source: tables/decisions.csv."
  }

  /// What nobody can conclude from it.
  package var limitation: String? {
    let names =
      "Approvers are compared with requesters by name alone, and an account may be used by somebody else."
    let missing = Counted(uncovered, "finished request")
    return
      "Approvers and times of decision are not in the API's data: \(DisplayFormat.count(decided)) of "
      + "\(Counted(required, "decision").figure) \(Counted(required, "").choose("comes", "come")) from \(shownFile), "
      + "which kfaudit cannot check. "
      + (uncovered == 0 ? "" : "\(missing.start) \(missing.choose("has", "have")) none. ") + names
  }

  private var shownFile: String { TerminalText.sanitized(file, limit: 200) }

  /// Who approved: what is covered comes first, and beside every conclusion.
  package func pages(in report: ReportDocument) -> [MetricPage] {
    var blocks: [PageBlock] = [.sentence(covered)]
    if required > 0 { blocks.append(.sentence(own)) }
    blocks += ([time, odd] + [spread, linking]).compactMap(\.self).map { .sentence($0) }
    let ended = Self.typeRows(decisionTime, upperBound)
    if decided > 0, !ended.isEmpty {
      blocks.append(
        .table(
          PageTable(
            "decision-time", "Time to decide, and upper bound \(coveredOfAll)",
            columns: Self.timeColumns, rows: ended
          )
          .limitedBySlot()))
    }
    if !deciders.isEmpty { blocks.append(.table(deciderTable)) }
    let own = decisions.filter { $0.counts && $0.isOwn == true }
    if listsInstances, !own.isEmpty {
      let table = MetricTable(
        .init(key: nil, file: "decisions"), title: "Decided by the requester \(coveredOfAll)",
        columns: Self.ownColumns, rows: own)
      blocks.append(.table(PageTable("self-decided", table).limitedBySlot().showing(3)))
    }
    blocks.append(.note(caption))
    return [
      MetricPage(slot: MetricPage.unplaced, id: "approvals", title: "Who approved", blocks: blocks)
    ]
  }

  /// What everything else rests on.
  private var covered: Sentence {
    guard required > 0 else {
      return "No finished request of this period asked for approval, as far as this period shows."
    }
    let asked = Counted(required, "finished request")
    let share = coverage.rate.map { " (\(DisplayFormat.percent($0)))" } ?? ""
    if uncovered == 0 {
      return """
        \(name: file) has a decision on \(required == 1 ? "the only finished request" : "each of the \(asked.phrase)") \
        that asked for approval.
        """
    }
    return """
      \(asked.start) asked for approval. \(name: file) has a decision on \(DisplayFormat.count(decided)) of them\(share); \
      \(DisplayFormat.count(uncovered)) \(uncovered == 1 ? "is" : "are") not covered.
      """
  }

  /// Whether somebody decided on a request of their own, as far as that is known.
  private var own: Sentence {
    if decided == 0 { return "Nothing can be concluded about who decided: no request is covered." }
    let requester =
      withoutUser == 0 ? "" : "; \(DisplayFormat.count(withoutUser)) of them name no requester"
    if uncovered == 0 { return "\(sentence: ownCovered)\(requester)." }
    return """
      \(sentence: ownCovered)\(requester). About the \(Counted(uncovered, "request").phrase) not covered, nothing is known.
      """
  }

  /// What is known of the covered requests.
  private var ownCovered: Sentence {
    let own = selfDecided.count
    let covered = Counted(decided, "covered request")
    switch (own, decided) {
    case (0, 1): return "The only covered request was decided by somebody else than its requester"
    case (0, _): return "None of the \(covered.phrase) was decided by its own requester"
    case (decided, _): return "\(covered.all) \(covered.pastVerb) decided by the requester"
    default:
      return """
        \(DisplayFormat.count(own)) of \(covered.phrase) \(Counted(own, "").pastVerb) decided by the requester
        """
    }
  }

  /// How many requests the figures of a table are about.
  private var coveredOfAll: String {
    "(\(DisplayFormat.count(decided)) of \(DisplayFormat.count(required)) covered)"
  }

  /// How long decisions took, of the type with most of them.
  private var time: Sentence? {
    guard
      let type = decisionTime.max(by: {
        $0.figures.completedOnly.n < $1.figures.completedOnly.n
      }), let median = type.figures.completedOnly.p50
    else { return nil }
    let bound = upperBound.first {
      $0.workflowType.map { Name($0) } == type.workflowType.map { Name($0) }
    }?
    .figures.completedOnly.p50
    let beside =
      bound.map { " (upper bound from the API: \(DisplayFormat.duration(milliseconds: $0)))" } ?? ""
    return """
      \(name: type.workflowType, or: "No workflow type"): half of the covered requests were decided within \
      \(DisplayFormat.duration(milliseconds: median))\(beside).
      """
  }

  /// What is odd about some decisions.
  private var odd: Sentence? {
    var facts: [Sentence] = []
    if afterEnd > 0 {
      facts.append(
        "\(DisplayFormat.count(afterEnd)) came more than 5 minutes after the request ended")
    }
    if beforeStart > 0 {
      facts.append("\(DisplayFormat.count(beforeStart)) came before the request started")
    }
    if let outside = outsideHours, outside > 0 {
      facts.append("\(DisplayFormat.count(outside)) came outside the opening hours")
    }
    if facts.isEmpty { return nil }
    let all = Counted(decisions.count, "linked decision")
    return "Of \(all.phrase), \(sentence: facts.enumeration)."
  }

  private var spread: Sentence? {
    guard let first = deciders.first, decided > 1 else { return nil }
    return """
      \(name: first.approver) decided most often: on \(DisplayFormat.count(first.decided)) of \
      \(Counted(decided, "covered request").phrase).
      """
  }

  /// What the file has besides.
  private var linking: Sentence? {
    var facts: [Sentence] = []
    if unlinked > 0 {
      facts.append(
        "\(Counted(unlinked, "decision").phrase) that \(Counted(unlinked, "").verb) for no request of this period"
      )
    }
    if duplicates > 0 { facts.append("\(Counted(duplicates, "repetition").phrase)") }
    if otherRows > 0 {
      facts.append(
        "\(Counted(otherRows, "row").phrase) that \(Counted(otherRows, "").choose("is", "are")) no decision on a request"
      )
    }
    for column in unusedColumns { facts.append("the column \(name: column), which is not used") }
    if facts.isEmpty { return nil }
    return "\(name: file) also has \(sentence: facts.enumeration)."
  }

  private var deciderTable: PageTable {
    PageTable(
      "deciders", "Who decided \(coveredOfAll)",
      columns: [
        .text("approver", "Approver", about: "As the file spells it.") { $0.approver },
        .count("decided", "Requests", about: "Covered requests with a decision by them.") {
          $0.decided
        },
        .ratio("share", "Share of decisions", about: "Of all pairs of an approver and a request.") {
          share($0)
        },
      ], rows: deciders, file: "decisions"
    ).limitedBySlot()
  }

  /// A workflow type with the time to decide beside the time to the last activity.
  private struct TypeRow: Sendable {
    var type: String?
    var time: TurnaroundDocument.Figures
    var bound: TurnaroundDocument.Figures
  }

  private static func typeRows(
    _ times: [TurnaroundDocument], _ bounds: [TurnaroundDocument]
  ) -> [TypeRow] {
    zip(times, bounds).map { TypeRow(type: $0.workflowType, time: $0.figures, bound: $1.figures) }
      .filter { $0.time.completedOnly.n > 0 }
  }

  private static let timeColumns: [Column<TypeRow>] = [
    .text("workflow_type", "Workflow type", about: "The type of workflow.") { $0.type },
    .count("terminal", "Finished", about: "Finished requests that asked for approval.") {
      $0.time.terminal
    },
    .count("n", "Covered", about: "Those with a time to decide.") { $0.time.completedOnly.n },
    Column("p50", "Decided: half within", .duration, about: "Of the covered.") {
      .duration($0.time.completedOnly.p50, or: .tooFew)
    },
    Column("bound50", "Upper bound: half", .duration, about: "Start to last activity, of the same.")
    {
      .duration($0.bound.completedOnly.p50, or: .tooFew)
    },
    Column("p90", "Decided: 90% within", .duration, about: "Of the covered.") {
      .duration($0.time.completedOnly.p90, or: .tooFew)
    },
    Column("bound90", "Upper bound: 90%", .duration, about: "Start to last activity, of the same.")
    {
      .duration($0.bound.completedOnly.p90, or: .tooFew)
    },
  ]

  private static let ownColumns: [Column<Row>] = [
    .identifier("reference_id", "Reference ID", about: "The server's number.") { $0.referenceID },
    .name("user", "Requester", about: "The initiating user.") { $0.user },
    .name("approver", "Approver", about: "Who decided.") { $0.decision.approver.spelling },
    .word("decision", "Decision", about: "approved or rejected.") { $0.decision.outcome.rawValue },
    .instant("decided_at", "Decided", about: "When.") { $0.decision.at },
  ]
}
