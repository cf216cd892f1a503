/// How a report differs from the earlier pack, read from the metric's section.
public struct ChangesResult: Sendable, Equatable {
  /// Instances of the earlier pack that are no longer returned.
  public var gone: Int
  /// Instances that had finished, and are different now.
  public var altered: Int
  /// Figures that are compared.
  public var figures: Int

  /// Reads the metric; `nil` where it was not asked for, or nothing came before.
  public init?(in metrics: MetricsDocument) {
    guard let section = metrics.sections.first(where: { $0.key.isSame(as: "changes") }) else {
      return nil
    }
    func count(_ name: String) -> Int {
      let figure = section.figures.first { $0.field.name.isSame(as: name) }
      return if case .count(let number)? = figure?.value { number } else { 0 }
    }
    gone = count("gone")
    altered = count("altered")
    figures = section.tables.first { $0.place.key?.isSame(as: "figures") ?? false }?.count ?? 0
  }
}
