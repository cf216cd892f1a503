import AuditFiles
import AuditModel
import AuditReduce
import AuditReport

/// What is known about the completeness of several packs: the worst of them, and where their windows leave gaps.
struct MergedCompleteness {
  private let servers: [MergedServer]
  private let packs: [MergedPack]

  /// How many packs and gaps a sentence names.
  private static let named = 3
  /// Findings of a pack about the one before it, which the windows of the merged packs say better.
  private static let ofChains: [Notice.Code] = [
    .gap, .disappeared, .previousDamaged, .previousUnavailable, .chainRestarted,
  ]

  init(_ servers: [MergedServer]) {
    self.servers = servers
    packs = servers.flatMap { $0.packs.map(\.pack) }
  }

  var document: CompletenessDocument {
    let parts = packs.map(\.completeness)
    let totals = parts.compactMap(\.announcedTotal)
    let gaps = servers.map(\.idGaps)
    var document = CompletenessDocument(
      verdict: servers.map(\.verdict).max() ?? .unproved,
      announcedTotal: totals.count == parts.count ? totals.reduce(0, +) : nil,
      rows: parts.reduce(0) { $0 + $1.rows },
      distinct: servers.reduce(0) { $0 + $1.distinct },
      reads: parts.map(\.reads).min() ?? 0, requests: parts.reduce(0) { $0 + $1.requests },
      gaps: servers.count == 1 ? gaps[0].listed : [],
      volatile: servers.count == 1 ? Set(parts.flatMap(\.volatile)).sorted() : [],
      reasons: gapReasons + grouped(\.reasons))
    document.gapCount = gaps.reduce(0) { $0 + $1.count }
    document.missingIds = gaps.reduce(0) { $0 + $1.missing }
    document.openBefore = servers.reduce(0) { $0 + $1.openBefore }
    document.findings = servers.flatMap(findings) + unevenness + findingsOfPacks
    return document
  }

  private var gapReasons: [String] {
    servers.filter { !$0.coverage.gaps.isEmpty }.map { server in
      "the windows of \(server.title) leave \(DisplayFormat.count(server.coverage.gaps.count, "gap")), "
        + "in which instances may have started that no pack holds."
    }
  }

  private func findings(_ server: MergedServer) -> [Notice] {
    var findings: [Notice] = []
    let gaps = server.coverage.gaps.map { "from \($0.from) to \($0.to)" }
    if !gaps.isEmpty {
      findings.append(
        .init(.gap, "No pack of \(server.title) covers the time \(Self.list(gaps))."))
    }
    let overlaps = server.coverage.overlaps.map { "from \($0.from) to \($0.to)" }
    if !overlaps.isEmpty {
      findings.append(
        .init(
          .overlap,
          "Several packs of \(server.title) cover the time \(Self.list(overlaps)); each instance counts once, as the "
            + "newest pack has it."))
    }
    if let first = server.reused.first {
      findings.append(
        .init(
          .reusedIDs,
          "\(DisplayFormat.count(server.reused.count)) reference ids of \(server.title), the smallest of them \(first), "
            + "stand for different instances in different packs, as their GUIDs show, and all of these count: either the "
            + "server has begun to number anew, or the packs are of several servers."))
    }
    return findings
  }

  /// Servers that are not covered for the same time.
  private var unevenness: [Notice] {
    guard Set(servers.map(\.span)).count > 1 else { return [] }
    let spans = servers.map { server in
      "\(server.title) from \(server.span.lowerBound) to \(server.span.upperBound)"
    }
    return [
      .init(
        .uneven,
        "The servers are covered for different times: \(Self.list(spans)).")
    ]
  }

  private var findingsOfPacks: [Notice] {
    let codes = Set(packs.flatMap { $0.completeness.findings.map(\.code) })
    return codes.subtracting(Self.ofChains.map(\.rawValue)).sorted().flatMap { code in
      grouped { $0.findings.filter { $0.code == code }.map(\.text) }.map {
        .init(code: code, text: $0)
      }
    }
  }

  /// The different sentences of all packs, each with the packs that it is about.
  private func grouped(_ sentences: (CompletenessDocument) -> [String]) -> [String] {
    var order: [Name] = []
    var names: [Name: [String]] = [:]
    for pack in packs {
      for sentence in sentences(pack.completeness).map({ Name($0) }) {
        if names[sentence] == nil { order.append(sentence) }
        names[sentence, default: []].append(pack.name)
      }
    }
    return order.map { sentence in
      let names = names[sentence] ?? []
      return names.count == packs.count
        ? "\(sentence) (every pack)" : "\(sentence) (\(Self.list(names)))"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(named).joined(separator: ", ")
      + (names.count > named ? " and \(DisplayFormat.count(names.count - named)) more" : "")
  }
}

extension MergedServer {
  /// How sentences name it.
  var title: String { name ?? "the saved pages" }
}
