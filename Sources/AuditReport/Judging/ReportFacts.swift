package import AuditModel
import AuditReduce

/// What comparisons take from a report: its figures, and how many instances of which kinds it counts.
package struct ReportFacts: Sendable {
  /// All that can be compared with another report.
  package let figures: [ReportedFigure]
  /// The names of definitions by their ids.
  package let definitionNames: [Name: String]
  /// How many instances have each status, or each workflow type; `nil` is no type.
  package let statuses: [Name?: Int]
  /// How many instances have each workflow type; `nil` is no type.
  package let workflowTypes: [Name?: Int]

  private static var compared: [ReportFigure] { MetricCatalogue.figures.filter(\.isComparable) }

  /// Of metrics that this program has computed.
  package init(of metrics: MetricsDocument) {
    let population = metrics.population
    figures = metrics.values(of: Self.compared)
    definitionNames = Dictionary(
      population.byDefinition.compactMap { row in
        row.definitionId.flatMap { id in row.definitionName.map { (Name(id), $0) } }
      }
    ) { first, _ in first }
    statuses = Dictionary(
      uniqueKeysWithValues: Status.allCases.map { (Name($0.name), population.byStatus[$0]) })
    workflowTypes = Dictionary(
      population.byWorkflowType.map { ($0.workflowType.map { Name($0) }, $0.instances) },
      uniquingKeysWith: +)
  }

  /// Of the metrics in a report.json, perhaps of another version.
  package init(reading metrics: JSONValue) {
    figures = Self.figures(reading: metrics)
    let population = metrics["population"]
    definitionNames = Dictionary(
      (population?["byDefinition"]?.elements ?? []).compactMap { row -> (Name, String)? in
        guard case .string(let id) = row["definitionId"],
          case .string(let name) = row["definitionName"]
        else { return nil }
        return (Name(id), name)
      }
    ) { first, _ in first }
    var statuses: [Name?: Int] = [:]
    if case .object(let counts) = population?["byStatus"] {
      for (name, value) in counts { statuses[Name(name)] = value.count }
    }
    self.statuses = statuses
    workflowTypes = Dictionary(
      (population?["byWorkflowType"]?.elements ?? []).compactMap { row -> (Name?, Int)? in
        guard let count = row["instances"]?.count else { return nil }
        guard case .string(let type) = row["workflowType"] else { return (nil, count) }
        return (Name(type), count)
      }, uniquingKeysWith: +)
  }

  /// The figures in the metrics of a report.json.
  package static func figures(reading metrics: JSONValue) -> [ReportedFigure] {
    compared.flatMap { $0.values(in: metrics) }
  }
}

extension JSONValue {
  fileprivate var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  fileprivate var count: Int? {
    guard case .integer(let number) = self, 0...Int64(JSONDocument.largestCount) ~= number else {
      return nil
    }
    return Int(number)
  }
}
