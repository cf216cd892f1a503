import AuditModel
import Foundation

@testable import AuditReduce

/// What the oracle reads of a pack: instances.ndjson and report.json.
struct OraclePack {
  private let population: RandomPopulation
  let metrics: MetricsDocument

  init(_ population: RandomPopulation) {
    self.init(population, population.reduction.metrics(population.samples))
  }

  private init(_ population: RandomPopulation, _ metrics: MetricsDocument) {
    self.population = population
    self.metrics = metrics
  }

  func with(_ metrics: MetricsDocument) -> OraclePack {
    OraclePack(population, metrics)
  }

  /// Writes the pack and returns its folder.
  func write(to folder: URL) throws -> URL {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let reduction = population.reduction
    let cover = Report.Cover(
      asOf: reduction.asOf.description, window: WindowDocument(reduction.window))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try encoder.encode(Report(cover: cover, metrics: metrics))
      .write(to: folder.appendingPathComponent("report.json"))
    var lines = Data()
    for sample in population.samples {
      lines += try encoder.encode(Row(sample, asOf: reduction.asOf)) + Data("\n".utf8)
    }
    try lines.write(to: folder.appendingPathComponent("instances.ndjson"))
    return folder
  }

  private struct Report: Encodable {
    struct Cover: Encodable {
      var asOf: String
      var window: WindowDocument
    }

    var cover: Cover
    var metrics: MetricsDocument
  }

  private struct Row: Encodable {
    var referenceId: Int64
    var status: String
    @WrittenNull var workflowType: String?
    @WrittenNull var definitionName: String?
    @WrittenNull var definitionVersion: Int64?
    @WrittenNull var definitionId: String?
    @WrittenNull var user: String?
    @WrittenNull var userKind: String?
    @WrittenNull var start: String?
    @WrittenNull var lastModified: String?
    @WrittenNull var stepName: String?
    @WrittenNull var stepUniqueName: String?
    @WrittenNull var statusMessage: String?
    @WrittenNull var failureClass: String?
    @WrittenNull var title: String?
    var titleRule: String
    var dataQuality: [String]

    init(_ sample: Sample, asOf: Instant) {
      referenceId = sample.referenceID
      status = sample.status == .unknown ? "unknown(9)" : sample.status.name
      workflowType = sample.workflowType
      definitionName = sample.definitionName
      definitionVersion = sample.version
      definitionId = sample.definitionID
      user = sample.user
      userKind = sample.userKind?.rawValue
      start = sample.start.map { Instant(milliseconds: $0).description }
      lastModified = sample.lastModified.map { Instant(milliseconds: $0).description }
      stepName = sample.stepName
      stepUniqueName = sample.stepUniqueName
      statusMessage = sample.message
      failureClass = sample.failureClass?.name
      title = sample.title
      titleRule = sample.titleRule.rawValue
      dataQuality = sample.quality(asOf: asOf).names
    }
  }
}
