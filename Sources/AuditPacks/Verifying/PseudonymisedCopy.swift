import AuditEvidence
import AuditModel
import AuditPlan
import AuditReduce
import AuditReport

/// A report with tokens in the place of names, for readers who need the figures and not the people.
struct PseudonymisedCopy {
  private let pseudonyms: Pseudonyms

  init(_ pseudonyms: Pseudonyms) {
    self.pseudonyms = pseudonyms
  }

  /// Users and workflow types that the configuration names, under their tokens; definitions are GUIDs there.
  func replacing(_ settings: MetricSettings) -> MetricSettings {
    var settings = settings
    settings.serviceUsers = Set(
      settings.serviceUsers.map { Name(pseudonyms.token(for: User(named: $0))) })
    settings.serviceLevels = Dictionary(
      settings.serviceLevels.map { (pseudonyms.workflowType($0.key), $0.value) },
      uniquingKeysWith: +)
    return settings
  }

  /// The policy without the words of its authors; a gate is known by its id.
  func replacing(_ policy: Policy) -> Policy {
    var replaced = policy
    for (index, gate) in policy.gates.enumerated() {
      replaced.gates[index].title = gate.id
      if case .figure(let figure, let group?, let side, let min, let max) = gate.question {
        replaced.gates[index].question = .figure(
          figure, group: self.group(group, of: figure), side, min: min, max: max)
      }
    }
    replaced.exceptions = policy.exceptions.map { exception in
      var replaced = exception
      replaced.owner = pseudonyms.token("owner", for: exception.owner.utf8)
      replaced.reason = pseudonyms.token("reason", for: exception.reason.utf8)
      replaced.ticket = pseudonyms.token("ticket", for: exception.ticket.utf8)
      if let group = exception.group,
        case .figure(let figure, _, _, _, _) = policy.gates.first(where: {
          Name($0.id) == Name(exception.gate)
        })?.question
      {
        replaced.group = self.group(group, of: figure)
      }
      return replaced
    }
    return replaced
  }

  /// The earlier pack, its titles and groups under their tokens.
  func replacing(_ earlier: PreviousDocument) -> PreviousDocument {
    var earlier = earlier
    earlier.unrecognisedTitles = earlier.unrecognisedTitles.map {
      pseudonyms.token("title", for: $0.utf8)
    }
    earlier.versions = earlier.versions.map { version in
      var version = version
      version.id = version.id.map { pseudonyms.definitionID(Name($0)).string }
      return version
    }
    let figures = MetricCatalogue.figures
    earlier.figures = earlier.figures?.map { reported in
      var reported = reported
      let figure = figures.first { $0.name == reported.figure }
      reported.group = reported.group.map { group in
        figure.map { self.group(group, of: $0) } ?? pseudonyms.token("group", for: group.utf8)
      }
      return reported
    }
    return earlier
  }

  /// The name of a group of a figure under its token.
  private func group(_ group: String, of figure: ReportFigure) -> String {
    figure.group(group) { member, text in
      switch member {
      case "user": pseudonyms.token(for: User(named: Name(text)))
      case "definitionId": pseudonyms.definitionID(Name(text)).string
      case "step": pseudonyms.step(Name(text)).string
      case "workflowType": pseudonyms.workflowType(Name(text)).string
      default: text
      }
    }
  }

  /// How reasons begin that contain nothing but our words and numbers.
  private static let ownReasons = [
    "APPEARED_DURING_RUN", "DELETED_DURING_RUN", "UPDATED_DURING_RUN", "VOLATILE", "Pass 1",
    "Pass 2",
    "The server", "The window's", "Two reads", "counted:", "saved pages:",
  ]

  /// The server and the account under their tokens, without sentences that may hold what somebody else wrote.
  func replacing(_ acquisition: Acquisition) -> Acquisition {
    var replaced = acquisition
    let source = acquisition.source
    replaced.source.server = source.server.map { pseudonyms.token("host", for: $0.utf8) }
    replaced.source.productVersion = source.productVersion.map(pseudonyms.version)
    replaced.source.principal = source.principal.map { principal in
      pseudonyms.token(for: User(named: Name(principal)))
    }
    replaced.source.tlsPeer = source.tlsPeer.map { pseudonyms.token("certificate", for: $0.utf8) }
    replaced.query = acquisition.query.map(Self.withoutPath)
    replaced.reasons = acquisition.reasons.map { reason in
      let isOwn = Self.ownReasons.contains { reason.utf8.starts(with: $0.utf8) }
      return isOwn ? reason : "One more reason is in the original report."
    }
    replaced.findings = acquisition.findings.filter { $0.code != "SCOPE" }.map {
      .init(code: $0.code, text: "What this notice says is in the original report.")
    }
    return replaced
  }

  /// A query without what stands before the name of the resource: the path is part of the server's address.
  private static func withoutPath(_ query: String) -> String {
    let resource = Array("/Workflow/".utf8)
    let bytes = Array(query.utf8)
    let start = bytes.indices.first { bytes[$0...].starts(with: resource) } ?? bytes.count
    return String(decoding: bytes[start...], as: UTF8.self)
  }

  /// Checks that every figure of the pseudonymised copy is the original's.
  ///
  /// - Throws: ``PopulationError/unequalTotals(_:)`` with the first figures that differ.
  static func checkFigures(
    of twin: MetricsDocument, equal original: MetricsDocument
  ) throws {
    let (left, right) = (twin.numbers, original.numbers)
    let differing = Set(left.keys).union(right.keys)
      .filter { left[$0] != right[$0] && !$0.ends(with: ".rejectedById") }
    guard let place = differing.min() else { return }
    throw PopulationError.unequalTotals(["original\(place)", "twin\(place)"])
  }
}

extension MetricsDocument {
  /// Every number of figures and tables in ascending order by its place: the order of rows follows names.
  fileprivate var numbers: [String: [Double]] {  // text: places of figures
    var numbers: [String: [Double]] = [:]  // text: places of figures
    for section in sections {
      for figure in section.figures {
        numbers[".\(section.key).\(figure.field.key)", default: []] += figure.value.numbers
      }
    }
    for result in results {
      for table in result.tables {
        let place = ".\(result.key).\(table.place.key ?? table.place.file ?? table.title)"
        for row in table.rows() {
          for (field, cell) in zip(table.fields, row) {
            numbers["\(place).\(field.key)", default: []] += cell.numbers
          }
        }
      }
    }
    for reported in values(of: MetricCatalogue.figures) {
      let values = [reported.value, reported.low, reported.high, reported.n.map { Double($0) }]
      numbers[".\(reported.figure)", default: []] += values.compactMap(\.self)
    }
    return numbers.mapValues { $0.sorted() }
  }
}

extension Cell {
  fileprivate var numbers: [Double] {
    switch self {
    case .count(let number): [Double(number)]
    case .identifier(let number): [Double(number)]
    case .ratio(let number), .number(let number), .duration(let number): [number]
    case .rate(let rate): [rate.rate, rate.low, rate.high].compactMap(\.self)
    case .durationLimits(let low, let high): [low, high].compactMap(\.self)
    case .ids(let ids): ids.map { Double($0) }
    case .text, .term, .instant, .day, .flag, .missing: []
    }
  }
}
