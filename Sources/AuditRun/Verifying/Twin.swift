import AuditEvidence
import AuditModel
import AuditReduce
import FoundationEssentials

/// A report with tokens in the place of names, for readers who need the figures and not the people.
struct Twin {
  private let pseudonyms: Pseudonyms

  init(_ pseudonyms: Pseudonyms) {
    self.pseudonyms = pseudonyms
  }

  /// Users named in the configuration, under their tokens.
  func replacing(_ settings: MetricSettings) -> MetricSettings {
    var settings = settings
    settings.serviceUsers = Set(
      settings.serviceUsers.map { Name(pseudonyms.token(for: User(named: $0))) })
    return settings
  }

  /// The earlier pack, its titles and users under their tokens.
  func replacing(_ earlier: PreviousDocument) -> PreviousDocument {
    var earlier = earlier
    earlier.unrecognisedTitles = earlier.unrecognisedTitles.map {
      pseudonyms.token("title", for: $0.utf8)
    }
    let ofUsers = Set(ReportFigure.all.filter(\.isOfUsers).map { Name($0.name) })
    earlier.figures = earlier.figures?.map { reported in
      var reported = reported
      if ofUsers.contains(Name(reported.figure)) {
        reported.group = reported.group.map { pseudonyms.token(for: User(named: Name($0))) }
      }
      return reported
    }
    return earlier
  }

  /// The server and the account under their tokens, also where sentences name them.
  func replacing(_ acquisition: Acquisition) -> Acquisition {
    var replaced = acquisition
    let source = acquisition.source
    replaced.source.server = source.server.map { pseudonyms.token("host", for: $0.utf8) }
    replaced.source.principal = source.principal.map { principal in
      pseudonyms.token(for: User(named: Name(principal)))
    }
    replaced.source.tlsPeer = source.tlsPeer.map { pseudonyms.token("certificate", for: $0.utf8) }
    replaced.reasons = acquisition.reasons.map { reworded($0, source) }
    replaced.findings = acquisition.findings.filter { $0.code != "SCOPE" }.map {
      .init(code: $0.code, text: reworded($0.text, source))
    }
    return replaced
  }

  private func reworded(_ sentence: String, _ source: SourceDocument) -> String {
    var sentence = sentence
    let host = source.server.flatMap { server in
      server.parts(at: "/").dropFirst().first?.parts(at: ":").first
    }
    for (text, kind) in [(source.server, "host"), (host, "host"), (source.principal, "user")] {
      guard let text, !text.isEmpty else { continue }
      sentence = sentence.substituting(text, by: pseudonyms.token(kind, for: text.utf8))
    }
    return sentence
  }

  /// Sees to it that every figure of the twin is the original's.
  ///
  /// - Throws: ``PopulationError/unequalTotals(_:)`` with the first figures that differ.
  static func checkFigures(
    of twin: MetricsDocument, equal original: MetricsDocument
  ) throws {
    // text: places of figures
    let figures = { (metrics: MetricsDocument) throws -> [String: [Double]] in
      let value = try JSONDecoder().decode(
        JSONValue.self, from: Data(JSONFile.bytes(metrics)))
      return value.figures().mapValues { $0.sorted() }
    }
    let (left, right) = (try figures(twin), try figures(original))
    let differing = Set(left.keys).union(right.keys)
      .filter { left[$0] != right[$0] && !$0.ends(with: ".rejectedBy") }
    guard let place = differing.min() else { return }
    throw PopulationError.unequalTotals(["original\(place)", "twin\(place)"])
  }
}

extension JSONValue {
  /// Every number below a value, by its place without the indices of arrays, whose order follows names.
  // text: places of figures
  fileprivate func figures(at place: String = "") -> [String: [Double]] {
    switch self {
    case .integer(let number): [place: [Double(number)]]
    case .number(let number): [place: [number]]
    case .array(let values):
      values.reduce(into: [:]) { $0.merge($1.figures(at: place), uniquingKeysWith: +) }
    case .object(let members):
      members.reduce(into: [:]) { figures, member in
        figures.merge(member.value.figures(at: "\(place).\(member.key)"), uniquingKeysWith: +)
      }
    case .null, .boolean, .string: [:]
    }
  }
}
