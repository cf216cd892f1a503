/// `population`: distinct instances by status, workflow type and definition.
public struct PopulationDocument: Encodable, Sendable, Equatable {
  /// Instances by status: the vendor's six names, and `unknown`.
  public struct StatusCounts: Encodable, Sendable, Equatable {
    private var counts: [Status: Int] = [:]

    /// Starts at zero.
    public init() {}

    /// The instances with a status.
    public subscript(status: Status) -> Int {
      get { counts[status, default: 0] }
      set { counts[status] = newValue == 0 ? nil : newValue }
    }

    /// All of them.
    public var total: Int { counts.values.reduce(0, +) }

    /// Writes every status by its name, those without instances as 0.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: AnyKey.self)
      for status in Status.allCases {
        try container.encode(self[status], forKey: AnyKey(status.name))
      }
    }
  }

  /// Instances by what became of them.
  public struct OutcomeCounts: Sendable, Equatable {
    private var counts: [Outcome: Int] = [:]

    /// Starts at zero.
    public init() {}

    /// The instances with an outcome.
    public subscript(outcome: Outcome) -> Int {
      get { counts[outcome, default: 0] }
      set { counts[outcome] = newValue == 0 ? nil : newValue }
    }
  }

  /// The instances of one workflow type.
  public struct ByWorkflowType: Encodable, Sendable, Equatable {
    /// The type; `null` when the server sent none.
    @ExplicitNull public var workflowType: String?
    /// How many.
    public var instances: Int
    /// The same by status.
    public var byStatus: StatusCounts
    /// The same by what became of them; not in report.json, instances.csv has a column for it.
    public var byOutcome = OutcomeCounts()

    private enum CodingKeys: String, CodingKey { case workflowType, instances, byStatus }

    /// Makes a row.
    public init(workflowType: String?, instances: Int, byStatus: StatusCounts) {
      (self.workflowType, self.instances, self.byStatus) = (workflowType, instances, byStatus)
    }
  }

  /// The instances of one version of one definition.
  public struct ByDefinition: Encodable, Sendable, Equatable {
    /// The definition's GUID.
    @ExplicitNull public var definitionId: String?
    /// Its display name.
    @ExplicitNull public var definitionName: String?
    /// Its version.
    @ExplicitNull public var definitionVersion: Int64?
    /// Its workflow type.
    @ExplicitNull public var workflowType: String?
    /// How many.
    public var instances: Int
    /// The same by status.
    public var byStatus: StatusCounts

    /// Makes a row.
    public init(
      definitionId: String?, definitionName: String?, definitionVersion: Int64?,
      workflowType: String?, instances: Int, byStatus: StatusCounts
    ) {
      self.definitionId = definitionId
      self.definitionName = definitionName
      self.definitionVersion = definitionVersion
      self.workflowType = workflowType
      self.instances = instances
      self.byStatus = byStatus
    }
  }

  /// Distinct instances.
  public var instances: Int
  /// By status.
  public var byStatus: StatusCounts
  /// By workflow type, most instances first.
  public var byWorkflowType: [ByWorkflowType]
  /// By workflow type, definition and version, most instances first.
  public var byDefinition: [ByDefinition]
  /// By what became of them; not in report.json, instances.csv has a column for it.
  public var byOutcome = OutcomeCounts()
  /// The reference ids of those that completed while the CA has not issued the certificate, the first of them.
  public var pendingAtCA: [Int64] = []

  private enum CodingKeys: String, CodingKey {
    case instances, byStatus, byWorkflowType, byDefinition
  }

  /// Makes a population.
  public init(
    instances: Int, byStatus: StatusCounts, byWorkflowType: [ByWorkflowType],
    byDefinition: [ByDefinition]
  ) {
    self.instances = instances
    self.byStatus = byStatus
    self.byWorkflowType = byWorkflowType
    self.byDefinition = byDefinition
  }
}

extension PopulationDocument {
  /// The sums that are all equal to the instances, by their places in report.json.
  public var sums: [(place: String, sum: Int)] {
    [
      ("population.byStatus", byStatus.total),
      ("population.byWorkflowType", byWorkflowType.reduce(0) { $0 + $1.instances }),
      ("population.byDefinition", byDefinition.reduce(0) { $0 + $1.instances }),
    ]
  }

  /// No instances.
  public static let none = PopulationDocument(
    instances: 0, byStatus: StatusCounts(), byWorkflowType: [], byDefinition: [])
}
