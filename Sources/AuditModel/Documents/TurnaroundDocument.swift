/// One element of `turnaround`: the time from start to end of one workflow type, in milliseconds.
public struct TurnaroundDocument: Encodable, Sendable, Equatable {
  /// The figures of one group of instances.
  public struct Figures: Encodable, Sendable, Equatable {
    /// Terminal instances.
    public var terminal: Int
    /// Open instances.
    public var open: Int
    /// Superseded instances.
    public var superseded: Int
    /// Percentiles over the terminal ones alone.
    public var completedOnly: PercentilesDocument
    /// The estimate that counts unfinished instances for as long as they were seen.
    public var kaplanMeier: KaplanMeierDocument

    /// Makes the figures.
    public init(
      terminal: Int, open: Int, superseded: Int, completedOnly: PercentilesDocument,
      kaplanMeier: KaplanMeierDocument
    ) {
      self.terminal = terminal
      self.open = open
      self.superseded = superseded
      self.completedOnly = completedOnly
      self.kaplanMeier = kaplanMeier
    }
  }

  /// The figures of one definition.
  public struct ByDefinition: Encodable, Sendable, Equatable {
    /// The definition's GUID.
    public var definitionId: String?
    /// Its display name.
    public var definitionName: String?
    /// The figures, written beside the id.
    public var figures: Figures

    /// Makes a row.
    public init(definitionId: String?, definitionName: String?, figures: Figures) {
      self.definitionId = definitionId
      self.definitionName = definitionName
      self.figures = figures
    }

    /// Writes the figures beside the definition, not in an object of their own.
    public func encode(to encoder: any Encoder) throws {
      try encoder.encode(members: [
        "definitionId": definitionId, "definitionName": definitionName,
      ])
      try figures.encode(to: encoder)
    }
  }

  /// The workflow type; `null` when the server sent none.
  public var workflowType: String?
  /// The figures, written beside the type.
  public var figures: Figures
  /// The same per definition, most instances first.
  public var byDefinition: [ByDefinition]

  /// Makes an element.
  public init(workflowType: String?, figures: Figures, byDefinition: [ByDefinition]) {
    (self.workflowType, self.figures, self.byDefinition) = (workflowType, figures, byDefinition)
  }

  /// Writes the figures beside the workflow type, not in an object of their own.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encode(members: ["workflowType": workflowType, "byDefinition": byDefinition])
    try figures.encode(to: encoder)
  }
}

/// `approvalLatency`: turnaround over the definitions that ask for approval.
public struct ApprovalLatencyDocument: Encodable, Sendable, Equatable {
  /// What the figures are, always shown with them.
  public var caption =
    "The Keyfactor API gives no time of approval: this is the time from start to last activity, an upper bound on "
    + "the time to decide."
  /// The GUIDs of the approval-bearing definitions, sorted.
  public var definitions: [String]
  /// The figures per workflow type.
  public var byWorkflowType: [TurnaroundDocument]

  /// Makes the metric.
  public init(definitions: [String], byWorkflowType: [TurnaroundDocument]) {
    (self.definitions, self.byWorkflowType) = (definitions, byWorkflowType)
  }
}

extension TurnaroundDocument {
  /// One row of a turnaround table: a workflow type as a whole, or one of its definitions.
  public struct Row: Sendable {
    private var workflowType: String?
    private var definitionId: String?
    private var definitionName: String?
    private var figures: Figures

    fileprivate init(_ type: String?, _ definition: ByDefinition?, _ figures: Figures) {
      workflowType = type
      definitionId = definition?.definitionId
      definitionName = definition?.definitionName
      self.figures = figures
    }
  }

  /// The row of the whole type, followed by those of its definitions.
  public var rows: [Row] {
    [Row(workflowType, nil, figures)] + byDefinition.map { Row(workflowType, $0, $0.figures) }
  }
}

extension TurnaroundDocument.Row {
  /// How many instances it is about.
  public var instances: Int { figures.terminal + figures.open + figures.superseded }

  /// The columns of workflow types on the page.
  public static let typeColumns = columns.named("workflow_type") + times

  /// The columns of definitions on the page.
  public static let definitionColumns = columns.named("definition_name", "workflow_type") + times

  /// How many have finished, and how long they took; where some are open, the estimate that counts them.
  private static let times =
    columns.named("terminal", "open", "superseded") + [
      RowColumn("median", "Median", .duration, about: "Half finish within it.") {
        time($0.figures, $0.figures.median)
      },
      RowColumn("ninety", "90% within", .duration, about: "90% finish within it.") {
        time($0.figures, $0.figures.ninety)
      },
      RowColumn("ninety_five", "95% within", .duration, about: "95% finish within it.") {
        let figures = $0.figures
        return time(
          figures,
          figures.kaplanMeier.censored == 0 ? figures.completedOnly.p95 : figures.kaplanMeier.p95)
      },
      RowColumn("longest", "Longest", .duration, about: "The longest of those that finished.") {
        .duration($0.figures.completedOnly.max, or: .none)
      },
    ]

  private static func time(_ figures: TurnaroundDocument.Figures, _ value: Double?) -> Cell {
    .duration(value, or: figures.kaplanMeier.censored == 0 ? .tooFew : .notReached)
  }

  private typealias RowColumn = Column<Self>

  /// The columns of turnaround tables.
  public static let columns =
    keys + counts + Column<Self>.percentiles { $0.figures.completedOnly }
    + Column<Self>.kaplanMeier { $0.figures.kaplanMeier }

  private static let keys = [
    RowColumn.text("workflow_type", "Workflow type", about: "The type of workflow.") {
      $0.workflowType
    },
    .text(
      "definition_id", "Definition ID",
      about: "The GUID of the definition; empty in the row of the whole type."
    ) { $0.definitionId },
    .text("definition_name", "Definition", about: "The definition's display name.") {
      $0.definitionName
    },
  ]

  private static let counts = [
    RowColumn.count("terminal", "Finished", about: "Instances that finished.") {
      $0.figures.terminal
    },
    .count("open", "Open", about: "Instances that are open.") { $0.figures.open },
    .count("superseded", "Restarted", about: "Instances that another one took over.") {
      $0.figures.superseded
    },
  ]
}
