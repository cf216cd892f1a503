/// `report.json`: every figure of a report, in the shape that others read.
public struct ReportDocument: Encodable, Sendable, Equatable {
  /// The version of this shape.
  public var schemaVersion = 1
  /// What the report is about.
  public var cover: CoverDocument
  /// Whether the population is all there is.
  public var completeness: CompletenessDocument
  /// The figures.
  public var metrics: MetricsDocument
  /// The gates of the policy, in its order.
  public var gates: [GateDocument]
  /// The frameworks that the policy declares.
  public var frameworks: [ControlFramework] = []
  /// What the report cannot say, a sentence each.
  public var limitations: [String]
  /// In a report over several packs, and only there: what each server's packs say.
  public var servers: [ServerReport]?

  /// Writes its parts, and what follows from them.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encode(members: [
      "schemaVersion": schemaVersion, "cover": cover, "completeness": completeness,
      "metrics": metrics, "followUp": followUp, "gates": gates, "controls": controls,
      "limitations": limitations, "requirements": requirements,
    ])
    if let servers { try encoder.encode(members: ["servers": servers]) }
  }

  /// Makes a report.
  public init(
    cover: CoverDocument, completeness: CompletenessDocument, metrics: MetricsDocument,
    gates: [GateDocument], limitations: [String]
  ) {
    self.cover = cover
    self.completeness = completeness
    self.metrics = metrics
    self.gates = gates
    self.limitations = limitations
  }
}

/// What the packs of one server say, within a report over several.
public struct ServerReport: Encodable, Sendable, Equatable {
  /// A range of instants, its end excluded, RFC 3339 UTC.
  public struct Span: Encodable, Sendable, Equatable {
    /// The first instant inside.
    public var from: String
    /// The first instant after.
    public var to: String

    /// Names a range.
    public init(from: Instant, to: Instant) {
      (self.from, self.to) = (from.description, to.description)
    }
  }

  /// A range of instants that several windows cover.
  public struct Overlap: Encodable, Sendable, Equatable {
    /// The first instant inside, RFC 3339 UTC.
    public var from: String
    /// The first instant after, RFC 3339 UTC.
    public var to: String
    /// The names of the packs whose windows cover it, by the start of their windows.
    public var packs: [String]

  }

  /// A pack that was merged.
  public struct Pack: Encodable, Sendable, Equatable {
    /// The name of its folder.
    public var name: String
    /// The SHA-256 of its manifest.json, lower-case hexadecimal.
    public var manifest: String
    /// Its window on the start of instances.
    public var window: Span
    /// Its as-of instant, RFC 3339 UTC: what is open in it was watched until then.
    public var asOf: String
    /// Instances that count as this pack has them.
    public var instances = 0
    /// Rows of this pack that a newer one has as well, which count as that one has them.
    public var duplicates = 0
    /// How much is known about its completeness.
    public var verdict: CompletenessDocument.Verdict

    /// Describes a pack.
    public init(
      name: String, manifest: String, window: Span, asOf: Instant,
      verdict: CompletenessDocument.Verdict
    ) {
      self.name = name
      self.manifest = manifest
      self.window = window
      self.asOf = asOf.description
      self.verdict = verdict
    }
  }

  /// The server's base URL; `null` for saved pages, which do not say whose they are.
  @ExplicitNull public var server: String?
  /// The worst verdict of its packs, and at best unproved where their windows leave gaps.
  public var verdict: CompletenessDocument.Verdict
  /// Its packs, by the start of their windows.
  public var packs: [Pack]
  /// Times between its first and its last window that no window covers.
  public var gaps: [Span]
  /// Times that several of its windows cover.
  public var overlaps: [Overlap]
  /// The figures over its packs alone.
  public var metrics: MetricsDocument

  /// Puts a server's packs together.
  public init(
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
  public struct Coverage: Sendable, Equatable {
    /// What no window covers.
    public private(set) var gaps: [Span] = []
    /// What several windows cover.
    public private(set) var overlaps: [Overlap] = []

    /// Looks at windows, each with the name of its pack, by their starts.
    public init(of windows: [(pack: String, window: Range<Instant>)]) {
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
        .map { Overlap(from: $0.from.description, to: $0.to.description, packs: $0.packs) }
    }
  }
}
