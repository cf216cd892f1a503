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
      Column("approver", "Approver", .text, about: "Who decided, as the file spells it.") {
        .text($0.decision.approver.spelling.string)
      },
      Column("decision", "Decision", .text, about: "approved or rejected.") {
        .term($0.decision.outcome.rawValue, label: $0.decision.outcome.rawValue)
      },
      Column("decided_at", "Decided", .instant, about: "When it was decided, in UTC.") {
        .instant($0.decision.at)
      },
      Column(
        "decision_ms", "Time to decide", .duration, about: "From the start to this decision."
      ) { .duration($0.time) },
      Column(
        "upper_bound_ms", "Upper bound", .duration,
        about: "From the start to the last activity of a request that has ended."
      ) { .duration($0.upperBound) },
    ] + flagColumns + [
      Column("comment", "Comment", .text, about: "What the file says about it.") {
        .text($0.decision.comment?.string)
      }.asDetail,
      Column("source", "Source", .text, about: "Where the file has it from.") {
        .text($0.decision.source?.string)
      }.asDetail,
      Column("line", "Line", .identifier, about: "The line of the file, from 1.") {
        .identifier(Int64($0.decision.line))
      }.asDetail,
    ]

  private static let instanceColumns: [Column<Row>] = [
    Column("reference_id", "Reference ID", .identifier, about: "The server's number.") {
      .identifier($0.referenceID)
    },
    Column("id", "Instance", .text, about: "The instance's GUID.") {
      .text($0.id.description)
    }.asDetail,
    Column("status", "Status", .text, about: "The instance's status.") {
      .term($0.status.name, label: $0.status.name)
    },
    Column("workflow_type", "Workflow type", .text, about: "The type of workflow.") {
      .text($0.workflowType?.string)
    },
    Column("definition_id", "Workflow definition", .text, about: "The definition's GUID.") { row in
      guard let id = row.definitionID?.string else { return .missing(.none) }
      return row.definitionName.map { .named(id, name: $0.string) } ?? .text(id)
    },
    Column("user", "Requester", .text, about: "The initiating user.") {
      .text($0.user?.string)
    },
  ]

  private static let flagColumns: [Column<Row>] = [
    flag("counts", "Counts", "Whether the request has ended and its definition asks for approval.")
    { $0.counts },
    flag(
      "deciding", "Ended the matter",
      "Whether it is the earliest rejection, else the latest approval, of its request."
    ) { $0.isDeciding },
    flag("own", "Own request", "Whether the approver is the requester; empty without a requester.")
    { $0.isOwn },
    flag(
      "after_end", "After the end", "Whether it is more than 5 minutes after the last activity."
    ) { $0.isAfterEnd },
    flag(
      "outside_hours", "Outside hours", "Whether it is outside the configured opening hours."
    ) { $0.isOutsideHours },
  ]

  private static func flag(
    _ name: String, _ title: String, _ about: String,
    _ value: @escaping @Sendable (Row) -> Bool?
  ) -> Column<Row> {
    Column(name, title, .flag, about: about) { row in
      value(row).map { .flag($0) } ?? .missing(.none)
    }.asDetail
  }
}
