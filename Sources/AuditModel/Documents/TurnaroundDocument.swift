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
    @ExplicitNull public var definitionId: String?
    /// Its display name.
    @ExplicitNull public var definitionName: String?
    /// The figures, written beside the id.
    public var figures: Figures

    /// Makes a row.
    public init(definitionId: String?, definitionName: String?, figures: Figures) {
      self.definitionId = definitionId
      self.definitionName = definitionName
      self.figures = figures
    }

    private enum Key: String, CodingKey {
      case definitionId
      case definitionName
    }

    /// Writes the figures beside the definition, not in an object of their own.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(_definitionId, forKey: .definitionId)
      try container.encode(_definitionName, forKey: .definitionName)
      try figures.encode(to: encoder)
    }
  }

  /// The workflow type; `null` when the server sent none.
  @ExplicitNull public var workflowType: String?
  /// The figures, written beside the type.
  public var figures: Figures
  /// The same per definition, most instances first.
  public var byDefinition: [ByDefinition]

  /// Makes an element.
  public init(workflowType: String?, figures: Figures, byDefinition: [ByDefinition]) {
    self.workflowType = workflowType
    self.figures = figures
    self.byDefinition = byDefinition
  }

  private enum Key: String, CodingKey {
    case workflowType
    case byDefinition
  }

  /// Writes the figures beside the workflow type, not in an object of their own.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(_workflowType, forKey: .workflowType)
    try container.encode(byDefinition, forKey: .byDefinition)
    try figures.encode(to: encoder)
  }
}

/// `approvalLatency`: turnaround over the definitions that ask for approval.
public struct ApprovalLatencyDocument: Encodable, Sendable, Equatable {
  /// What the figures are, always shown with them.
  public var caption =
    "The feed has no approval timestamp. This is the time from start to last activity, "
    + "an upper bound on the time to decide."
  /// The GUIDs of the approval-bearing definitions, sorted.
  public var definitions: [String]
  /// The figures per workflow type.
  public var byWorkflowType: [TurnaroundDocument]

  /// Makes the metric.
  public init(definitions: [String], byWorkflowType: [TurnaroundDocument]) {
    self.definitions = definitions
    self.byWorkflowType = byWorkflowType
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
  private typealias RowColumn = Column<Self>

  /// The columns of turnaround tables.
  public static let columns =
    keys + counts + Column<Self>.percentiles { $0.figures.completedOnly }
    + Column<Self>.kaplanMeier { $0.figures.kaplanMeier }

  private static let keys = [
    RowColumn("workflow_type", "Workflow type", .text, about: "The type of workflow.") {
      .text($0.workflowType)
    },
    RowColumn(
      "definition_id", "Definition id", .text,
      about: "The GUID of the definition; empty in the row of the whole type."
    ) { .text($0.definitionId) },
    RowColumn("definition_name", "Definition", .text, about: "The definition's display name.") {
      .text($0.definitionName)
    },
  ]

  private static let counts = [
    RowColumn("terminal", "Ended", .count, about: "Instances that ended.") {
      .count($0.figures.terminal)
    },
    RowColumn("open", "Open", .count, about: "Instances that go on.") { .count($0.figures.open) },
    RowColumn(
      "superseded", "Restarted", .count, about: "Instances that another one took over."
    ) { .count($0.figures.superseded) },
  ]
}
