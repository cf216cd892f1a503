import AuditModel

/// Holds a population against an earlier pack of the same server: what was there and is gone, and time that no pack
/// covers.
struct PreviousComparison {
  /// The earlier pack's folder; `nil` when there is none.
  let path: String?
  let server: String
  let window: Window
  let population: Population

  /// A server's reading of a date may be off by its zone; rows this near to the window were asked for in any case.
  private static let certainHours: Int64 = 12
  /// How many ids are named.
  private static let named = 20

  /// What is worth knowing.
  var findings: [CompletenessDocument.Finding] {
    guard let path else { return [] }
    do {
      let previous = try PreviousPack(at: path)
      guard previous.server == server, previous.from < window.to else { return [] }
      return try [gap(after: previous), disappeared(since: previous)].compactMap { $0 }
    } catch {
      return [
        .init(
          code: "PREVIOUS_UNAVAILABLE",
          text: "The earlier pack \(path) cannot be read, so nothing is compared with it: "
            + TerminalText.clean(String(describing: error), limit: 200))
      ]
    }
  }

  private func gap(after previous: PreviousPack) -> CompletenessDocument.Finding? {
    guard previous.to < window.from else { return nil }
    return .init(
      code: "GAP",
      text:
        "The earlier pack \(previous.name) ends at \(previous.to) and this window starts at \(window.from): "
        + "neither covers the time between.")
  }

  private func disappeared(since previous: PreviousPack) throws -> CompletenessDocument.Finding? {
    let certain = window.widened(byHours: Self.certainHours)
    guard previous.to > certain.from else { return nil }
    let gone = try previous.referenceIDs(startedIn: certain).filter { !population.contains($0) }
    if gone.isEmpty { return nil }
    let names = gone.prefix(Self.named).map(String.init).joined(separator: ", ")
    return .init(
      code: "DISAPPEARED",
      text:
        "\(gone.count) instances of the earlier pack \(previous.name) are no longer on the server: \(names)"
        + (gone.count > Self.named ? " and \(gone.count - Self.named) more." : "."))
  }
}
