/// The instances of a sandbox, drawn from its seed alone.
package struct SandboxPopulation: Sendable {
  /// The rows, ascending by reference id and so by start.
  package var rows: [SandboxRow]

  private static let day: Int64 = 86_400_000

  /// The last instant of a population: what the server's clock says, or 20 days after the window.
  static func end(_ options: SandboxOptions) -> Int64 {
    options.now ?? options.to + 20 * day
  }

  /// Draws a population; the same options give the same rows, on every machine and on every day.
  package init(_ options: SandboxOptions) {
    let day = Self.day
    let end = Self.end(options)
    let outside = options.instances * 4 / 100
    let rhythm = StartRhythm(seed: options.seed, end: end)
    let starts =
      rhythm.starts(outside, from: options.from - 3 * day, to: options.from)
      + rhythm.starts(options.instances, from: options.from, to: options.to)
      + rhythm.starts(outside, from: options.to, to: options.to + 3 * day)
    var artist = RowArtist(options, end: end)
    rows = starts.map { artist.row(start: $0) }
  }
}
