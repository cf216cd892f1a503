import AuditModel

/// The tables of a report, those whose metric is present and that of controls, in the order of their files.
enum ReportTables {
  static func all(of report: ReportDocument) -> [(name: String, table: MetricTable)] {
    var tables = report.metrics.results.flatMap { $0.tables }
    if let servers = report.servers { tables += self.servers(servers) }
    let controls = ControlRow.all(of: report)
    if !controls.isEmpty {
      tables.append(table("controls", "Controls", ControlRow.columns, controls))
    }
    return tables.compactMap { table in table.place.file.map { (name: $0, table: table) } }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func servers(_ servers: [ServerReport]) -> [MetricTable] {
    [
      table("servers", "Servers", ServerColumns.servers, servers),
      table("packs", "Packs", ServerColumns.packs, ServerColumns.packRows(of: servers)),
      table(
        "coverage", "Gaps and overlaps of windows", ServerColumns.coverage,
        ServerColumns.coverageRows(of: servers)),
      table(
        "server_turnaround", "Time from start to end, by server", ServerColumns.turnaround,
        ServerColumns.turnaroundRows(of: servers)),
    ]
  }

  private static func table<Row: Sendable>(
    _ file: String, _ title: String, _ columns: [Column<Row>], _ rows: [Row]
  ) -> MetricTable {
    MetricTable(.init(key: nil, file: file), title: title, columns: columns, rows: rows)
  }
}

/// The columns of tables about the servers and packs of a report over several.
enum ServerColumns {
  /// A row about a part of a server's report: a pack, a time, a row of its own turnaround table.
  struct Row<Part: Sendable>: Sendable {
    var server: String?
    var part: Part
  }

  /// A time that several windows of a server cover, or none.
  struct Coverage: Sendable {
    var kind: Cell
    var from: String
    var to: String
    /// The packs whose windows cover it.
    var packs: [String] = []
  }

  private static func server<Subject>(
    _ value: @escaping @Sendable (Subject) -> String?
  ) -> Column<Subject> {
    .text("server", "Server", about: "The server's base URL; empty for saved pages.", value: value)
  }

  static let servers: [Column<ServerReport>] =
    [
      server { $0.server },
      Column(
        "verdict", "Completeness", .text,
        about: "The worst verdict of its packs; unproved where its windows leave gaps."
      ) { verdict($0.verdict) },
      .count("packs", "Packs", about: "How many packs were merged.") { $0.packs.count },
      .count("gaps", "Gaps", about: "Times between its windows that none covers.") {
        $0.gaps.count
      },
      .count("overlaps", "Overlaps", about: "Times that several of its windows cover.") {
        $0.overlaps.count
      },
      .count("instances", "Instances", about: "Distinct instances.") {
        $0.metrics.population.instances
      },
      .count("failed", "Failed", about: "Instances that ended as Failed: k.") { $0.failed },
      .count(
        "terminal", "Ended", about: "Instances that ended as Complete, Failed or Rejected: n."
      ) { $0.terminal },
    ]
    + Column.rate("Failure rate", about: "k/n; empty when n is 0.") {
      WilsonInterval.rate($0.failed, of: $0.terminal)
    }

  static let packs: [Column<Row<ServerReport.Pack>>] = [
    server { $0.server },
    .text("pack", "Pack", about: "The name of its folder.") { $0.part.name },
    .instant("from", "From", about: "The first instant of its window.") {
      Instant(rfc3339: $0.part.window.from)
    },
    .instant("to", "To", about: "The first instant after its window.") {
      Instant(rfc3339: $0.part.window.to)
    },
    .instant("as_of", "As of", about: "Until when its open instances were watched.") {
      Instant(rfc3339: $0.part.asOf)
    },
    .count("instances", "Instances", about: "Instances that count as it has them.") {
      $0.part.instances
    },
    .count("duplicates", "Duplicates", about: "Rows that a newer pack has as well.") {
      $0.part.duplicates
    },
    Column("verdict", "Completeness", .text, about: "How much is known about its completeness.") {
      verdict($0.part.verdict)
    },
    .text("manifest", "Manifest", about: "The SHA-256 of its manifest.json.") {
      $0.part.manifest
    }.asDetail,
  ]

  static let coverage: [Column<Row<Coverage>>] = [
    server { $0.server },
    Column("kind", "What", .text, about: "gap where no window covers it, overlap where several do.")
    { $0.part.kind },
    .instant("from", "From", about: "The first instant inside.") { Instant(rfc3339: $0.part.from) },
    .instant("to", "To", about: "The first instant after.") { Instant(rfc3339: $0.part.to) },
    .text("packs", "Packs", about: "The packs whose windows cover it.") {
      $0.part.packs.isEmpty ? nil : $0.part.packs.joined(separator: " ")
    },
  ]

  static let turnaround: [Column<Row<TurnaroundDocument.Row>>] =
    [server { $0.server }]
    + TurnaroundDocument.Row.columns.map { column in
      Column(
        column.field.name, column.field.title, column.field.kind, about: column.field.about
      ) { column.value($0.part) }
    }

  static func packRows(of servers: [ServerReport]) -> [Row<ServerReport.Pack>] {
    rows(of: servers, \.packs)
  }

  static func coverageRows(of servers: [ServerReport]) -> [Row<Coverage>] {
    rows(of: servers) { server in
      server.gaps.map { Coverage(kind: .term("gap", label: "Gap"), from: $0.from, to: $0.to) }
        + server.overlaps.map {
          Coverage(
            kind: .term("overlap", label: "Overlap"), from: $0.from, to: $0.to, packs: $0.packs)
        }
    }
  }

  fileprivate static func turnaroundRows(of servers: [ServerReport]) -> [Row<
    TurnaroundDocument.Row
  >] {
    rows(of: servers) { ($0.metrics.turnaround ?? []).flatMap(\.rows) }
  }

  private static func rows<Part: Sendable>(
    of servers: [ServerReport], _ parts: (ServerReport) -> [Part]
  ) -> [Row<Part>] {
    servers.flatMap { server in parts(server).map { Row(server: server.server, part: $0) } }
  }

  private static func verdict(_ verdict: CompletenessDocument.Verdict) -> Cell {
    .term(verdict.rawValue, label: verdict.label)
  }
}

extension ServerReport {
  fileprivate var failed: Int { metrics.population.byStatus[.failed] }

  fileprivate var terminal: Int {
    Status.allCases.filter(\.isTerminal).reduce(0) { $0 + metrics.population.byStatus[$1] }
  }
}

/// A control with the checks behind its state.
struct ControlRow: Sendable {
  let control: ControlDocument
  /// Its checks, in the policy's order.
  let checks: [GateDocument]

  /// A row for every control of a report.
  static func all(of report: ReportDocument) -> [ControlRow] {
    let checks = Dictionary(report.gates.map { (Name($0.id), $0) }) { first, _ in first }
    return report.controls.map { control in
      ControlRow(control: control, checks: control.gates.compactMap { checks[Name($0)] })
    }
  }

  /// The columns of tables/controls.csv.
  static let columns: [Column<ControlRow>] = [
    .text("framework", "Framework", about: "The framework's ID.") { $0.control.framework },
    .text("control", "Control", about: "The control's ID within it.") { $0.control.control },
    .text(
      "title", "Title",
      about: "What it asks, in the words of the framework's file; empty where it is not declared."
    ) { $0.control.title },
    Column(
      "state", "State", .text,
      about:
        "What its checks show together: evidenced, contradicted, notEvaluated or noGate; never that it is satisfied."
    ) { .term($0.control.state.rawValue, label: $0.control.state.label) },
    Column(
      "gates", "Checks", .text, about: "The IDs of its checks, separated by vertical bars."
    ) { row in .sentences(row.checks.map { "\(name: $0.id)" }) },
    Column(
      "observed", "Measured", .text,
      about: "How each check ended and what it measured, in the order of gates."
    ) { row in .sentences(row.checks.map { "\($0.result.label), \(name: $0.observed)" }) },
    .text(
      "cannot_show", "What the data cannot show",
      about: "The part of the control that the data cannot show; empty where nothing is said."
    ) { $0.control.cannotShow },
  ]
}
