import AuditModel

extension ApprovalsDocument {
  /// A decision on an instance of the window.
  struct Row: Sendable, Equatable {
    var referenceID: Int64
    var id: InstanceID
    var status: Status
    var workflowType: Name?
    var definitionID: Name?
    var definitionName: Name?
    /// The initiating user.
    var user: Name?
    var decision: Decision
    /// Whether its instance has ended and asked for approval, so that it is one of the decided.
    var counts: Bool
    /// Whether it is the decision that ended the matter.
    var isDeciding: Bool
    /// From the start to the decision, in milliseconds; negative where that comes first.
    var time: Int64?
    /// From the start to the last activity of an instance that has ended.
    var upperBound: Int64?
    /// Whether the requester decided; `nil` where the title names none.
    var isOwn: Bool?
    /// `nil` of an instance that has not ended.
    var isAfterEnd: Bool?
    /// `nil` without opening hours.
    var isOutsideHours: Bool?

    static func == (left: Row, right: Row) -> Bool { left.order == right.order }

    /// By instance, then by time; the rest only sets decisions of one instant in order.
    func precedes(_ other: Row) -> Bool {
      if referenceID != other.referenceID { return referenceID < other.referenceID }
      if id != other.id { return id < other.id }
      if decision.at != other.decision.at { return decision.at < other.decision.at }
      return order.lexicographicallyPrecedes(other.order)
    }

    /// All that it says.
    private var order: [String] {
      [
        String(referenceID), id.description, decision.at.description, decision.approver.key.string,
        decision.outcome.rawValue, status.name, decision.approver.spelling.string,
        user?.string ?? "", definitionID?.string ?? "", workflowType?.string ?? "",
        definitionName?.string ?? "", decision.comment?.string ?? "",
        decision.source?.string ?? "", "\(decision.line) \(counts) \(isDeciding) \(time ?? -1)",
        "\(upperBound ?? -1) \(isOwn ?? false) \(isAfterEnd ?? false) \(isOutsideHours ?? false)",
      ]
    }
  }

  /// tables/decisions.csv: a row a decision on an instance of the window.
  var decisionTable: MetricTable {
    var table = MetricTable(
      .init(key: nil, file: "decisions"), title: "Decisions on requests of this period",
      columns: Self.decisionColumns, rows: decisions)
    if !listsInstances { table.removeRows() }
    return table
  }

  private static let decisionColumns: [Column<Row>] =
    instanceColumns + [
      .name("approver", "Approver", about: "Who decided, as the file spells it.") {
        $0.decision.approver.spelling
      },
      .word("decision", "Decision", about: "approved or rejected.") {
        $0.decision.outcome.rawValue
      },
      .instant("decided_at", "Decided", about: "When it was decided, in UTC.") { $0.decision.at },
      .duration("decision_ms", "Time to decide", about: "From the start to this decision.") {
        $0.time
      },
      .duration(
        "upper_bound_ms", "Upper bound",
        about: "From the start to the last activity of a request that has ended."
      ) { $0.upperBound },
    ] + flagColumns + [
      .name("comment", "Comment", about: "What the file says about it.") { $0.decision.comment }
        .asDetail,
      .name("source", "Source", about: "Where the file has it from.") { $0.decision.source }
        .asDetail,
      .identifier("line", "Line", about: "The line of the file, from 1.") {
        Int64($0.decision.line)
      }.asDetail,
    ]

  private static let instanceColumns: [Column<Row>] = [
    .identifier("reference_id", "Reference ID", about: "The server's number.") { $0.referenceID },
    .text("id", "Instance", about: "The instance's GUID.") { $0.id.description }.asDetail,
    .word("status", "Status", about: "The instance's status.") { $0.status.name },
    .name("workflow_type", "Workflow type", about: "The type of workflow.") { $0.workflowType },
    Column("definition_id", "Workflow definition", .text, about: "The definition's GUID.") { row in
      guard let id = row.definitionID?.string else { return .missing(.none) }
      return row.definitionName.map { .named(id, name: $0.string) } ?? .text(id)
    },
    .name("user", "Requester", about: "The initiating user.") { $0.user },
  ]

  private static let flagColumns: [Column<Row>] = [
    .flag(
      "counts", "Counts",
      about: "Whether the request has ended and its definition asks for approval."
    ) { $0.counts }.asDetail,
    .flag(
      "deciding", "Ended the matter",
      about: "Whether it is the earliest rejection, else the latest approval, of its request."
    ) { $0.isDeciding }.asDetail,
    .flag(
      "own", "Own request",
      about: "Whether the approver is the requester; empty without a requester."
    ) { $0.isOwn }.asDetail,
    .flag(
      "after_end", "After the end",
      about: "Whether it is more than 5 minutes after the last activity."
    ) { $0.isAfterEnd }.asDetail,
    .flag(
      "outside_hours", "Outside hours",
      about: "Whether it is outside the configured opening hours."
    ) { $0.isOutsideHours }.asDetail,
  ]
}
