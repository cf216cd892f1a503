import AuditModel
import Testing

@testable import AuditReduce

@Suite("The charts of metrics")
struct ChartTests {
  private static let keys = MetricCatalogue.ofSections

  /// Where a picture would say no more than the figures do.
  private static let withoutChart: Set<MetricKey> = [
    MetricKey("changes"), MetricKey("restarts"), MetricKey("repeatFailures"),
  ]

  @Test("A population of none is not drawn", arguments: keys)
  func none(key: MetricKey) throws {
    var reduction = Reduction.withEverything
    reduction.metrics = [key]
    #expect(try #require(reduction.metrics([]).sections.first).charts.isEmpty)
  }

  @Test("A large one is drawn by every metric but those that have nothing to draw", arguments: keys)
  func large(key: MetricKey) throws {
    let population = try RandomPopulation(seed: 12)
    var reduction = population.reduction
    reduction.metrics = [key]
    let section = try #require(reduction.metrics(population.samples).sections.first)
    #expect(section.charts.isEmpty == Self.withoutChart.contains(key))
    for case .rows(let chart) in section.charts {
      #expect(!chart.rows.isEmpty && chart.rows.allSatisfy { !$0.figures.isEmpty })
      for case .parts(let parts) in chart.rows.map(\.mark) where chart.scale == .shares {
        #expect(parts.reduce(0, +) <= 1 + 1e-12 && parts.count <= max(chart.key.count, 1))
      }
      for case .span(let values) in chart.rows.map(\.mark) { #expect(values == values.sorted()) }
    }
  }

  @Test("A curve passes through the figures of the table")
  func curve() throws {
    let population = try RandomPopulation(seed: 12)
    let section = try #require(
      population.reduction.metrics(population.samples).sections.first { $0.key == "outcomes" })
    let table = try #require(section.tables.first)
    for case .curves(let chart) in section.charts {
      let rows = table.rows().filter { $0[0] == .text(chart.subject) && !$0[3].isMissing }
      let points = chart.points.filter(\.isInTable)
      #expect(points.map { Cell.duration($0.time) } == rows.map { $0[2] })
      #expect(points.map { $0.shares.map { Cell.ratio($0) } } == rows.map { Array($0[3...5]) })
      #expect(zip(chart.points, chart.points.dropFirst()).allSatisfy { $0.time < $1.time })
    }
  }
}
