import AuditModel

/// Instances counted by status, whatever they are grouped by.
protocol CountedByStatus: Sendable {
  var instances: Int { get }
  var byStatus: PopulationDocument.StatusCounts { get }
}

extension PopulationDocument.ByDefinition: CountedByStatus {}
extension PopulationDocument.ByWorkflowType: CountedByStatus {}

/// The columns that count instances: by status, and all of them.
enum StatusColumns {
  static func all<Row: CountedByStatus>() -> [Column<Row>] {
    Status.allCases.map { status in
      Column(
        fileName(of: status), title(of: status), .count,
        about: "Instances whose status is \(status.name)."
      ) { .count($0.byStatus[status]) }
    } + [Column("instances", "All", .count, about: "Distinct instances.") { .count($0.instances) }]
  }

  private static func fileName(of status: Status) -> String {
    status == .canceledForRestart ? "canceled_for_restart" : status.name.lowercased()
  }

  private static func title(of status: Status) -> String {
    switch status {
    case .canceledForRestart: "Restarted"
    case .unknown: "Unknown"
    default: status.name
    }
  }
}
