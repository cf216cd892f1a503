/// What the packs of one server say, within a report over several.
package struct ServerReport: Encodable, Sendable, Equatable {
  /// A range of instants, its end excluded, RFC 3339 UTC.
  package struct Span: Encodable, Sendable, Equatable {
    /// The first instant inside.
    package var from: String
    /// The first instant after.
    package var to: String

    /// Names a range.
    package init(from: Instant, to: Instant) {
      self.from = from.description
      self.to = to.description
    }
  }

  /// A range of instants that several windows cover.
  package struct Overlap: Encodable, Sendable, Equatable {
    /// The first instant inside, RFC 3339 UTC.
    package var from: String
    /// The first instant after, RFC 3339 UTC.
    package var to: String
    /// The names of the packs whose windows cover it, by the start of their windows.
    package var packs: [String]

    /// Names a range and its packs.
    package init(from: Instant, to: Instant, packs: [String]) {
      self.from = from.description
      self.to = to.description
      self.packs = packs
    }
  }

  /// A pack that was merged.
  package struct Pack: Encodable, Sendable, Equatable {
    /// The name of its folder.
    package var name: String
    /// The SHA-256 of its manifest.json, lower-case hexadecimal.
    package var manifest: String
    /// Its window on the start of instances.
    package var window: Span
    /// Its as-of instant, RFC 3339 UTC: what is open in it was watched until then.
    package var asOf: String
    /// Instances that count as this pack has them.
    package var instances: Int
    /// Rows of this pack that a newer one has as well, which count as that one has them.
    package var duplicates: Int
    /// How much is known about its completeness.
    package var verdict: CompletenessDocument.Verdict

    /// Describes a pack.
    package init(
      name: String, manifest: String, window: Span, asOf: Instant,
      verdict: CompletenessDocument.Verdict
    ) {
      self.name = name
      self.manifest = manifest
      self.window = window
      self.asOf = asOf.description
      self.verdict = verdict
      instances = 0
      duplicates = 0
    }
  }

  /// The server's base URL; `null` for saved pages, which do not say whose they are.
  @WrittenNull package var server: String?
  /// How much is known about the completeness of all its windows: the worst of its packs, and not more than unproved
  /// where they leave gaps.
  package var verdict: CompletenessDocument.Verdict
  /// Its packs, by the start of their windows.
  package var packs: [Pack]
  /// Times between its first and its last window that no window covers.
  package var gaps: [Span]
  /// Times that several of its windows cover.
  package var overlaps: [Overlap]
  /// The figures over its packs alone.
  package var metrics: MetricsDocument

  /// Puts a server's packs together.
  package init(
    server: String?, verdict: CompletenessDocument.Verdict, packs: [Pack], coverage: Coverage,
    metrics: MetricsDocument
  ) {
    self.server = server
    self.verdict = verdict
    self.packs = packs
    gaps = coverage.gaps
    overlaps = coverage.overlaps
    self.metrics = metrics
  }
}

extension ServerReport {
  /// How some windows cover the time from the start of the first to the end of the last.
  package struct Coverage: Sendable, Equatable {
    /// What no window covers.
    package private(set) var gaps: [Span] = []
    /// What several windows cover.
    package private(set) var overlaps: [Overlap] = []

    /// Looks at windows, each with the name of its pack, by their starts.
    package init(of windows: [(pack: String, window: Range<Instant>)]) {
      let edges = Set(windows.flatMap { [$0.window.lowerBound, $0.window.upperBound] }).sorted()
      var pieces: [(from: Instant, to: Instant, packs: [String])] = []
      for (from, to) in zip(edges, edges.dropFirst()) {
        let packs = windows.filter { $0.window.contains(from) }.map(\.pack)
        if let last = pieces.last, last.packs == packs {
          pieces[pieces.count - 1].to = to
        } else {
          pieces.append((from, to, packs))
        }
      }
      gaps = pieces.filter(\.packs.isEmpty).map { Span(from: $0.from, to: $0.to) }
      overlaps = pieces.filter { $0.packs.count > 1 }
        .map { Overlap(from: $0.from, to: $0.to, packs: $0.packs) }
    }
  }
}
