import AuditModel

/// The columns of tables about the servers and packs of a report over several.
enum ServerColumns {
  /// A pack and the server that it was read from.
  struct PackRow: Sendable {
    var server: String?
    var pack: ServerReport.Pack
  }

  /// A time that several windows of a server cover, or none.
  struct CoverageRow: Sendable {
    var server: String?
    var kind: Cell
    var from: String
    var to: String
    /// The packs whose windows cover it.
    var packs: [String] = []
  }

  /// A row of a server's own turnaround table.
  struct ServerTurnaround: Sendable {
    var server: String?
    var row: TurnaroundDocument.Row
  }

  static let servers: [Column<ServerReport>] =
    [
      Column("server", "Server", .text, about: "The server's base URL; empty for saved pages.") {
        .text($0.server)
      },
      Column(
        "verdict", "Completeness", .text,
        about: "The worst verdict of its packs; unproved where its windows leave gaps."
      ) { verdict($0.verdict) },
      Column("packs", "Packs", .count, about: "How many packs were merged.") {
        .count($0.packs.count)
      },
      Column("gaps", "Gaps", .count, about: "Times between its windows that none covers.") {
        .count($0.gaps.count)
      },
      Column("overlaps", "Overlaps", .count, about: "Times that several of its windows cover.") {
        .count($0.overlaps.count)
      },
      Column("instances", "Instances", .count, about: "Distinct instances.") {
        .count($0.metrics.population.instances)
      },
      Column("failed", "Failed", .count, about: "Instances that ended as Failed: k.") {
        .count($0.failed)
      },
      Column(
        "terminal", "Ended", .count,
        about: "Instances that ended as Complete, Failed or Rejected: n."
      ) { .count($0.terminal) },
    ]
    + Column.rate("Failure rate", about: "k/n; empty when n is 0.") {
      WilsonInterval.rate($0.failed, of: $0.terminal)
    }

  static let packs: [Column<PackRow>] = [
    Column("server", "Server", .text, about: "The server's base URL; empty for saved pages.") {
      .text($0.server)
    },
    Column("pack", "Pack", .text, about: "The name of its folder.") { .text($0.pack.name) },
    Column("from", "From", .instant, about: "The first instant of its window.") {
      .instant(Instant(rfc3339: $0.pack.window.from))
    },
    Column("to", "To", .instant, about: "The first instant after its window.") {
      .instant(Instant(rfc3339: $0.pack.window.to))
    },
    Column("as_of", "As of", .instant, about: "Until when its open instances were watched.") {
      .instant(Instant(rfc3339: $0.pack.asOf))
    },
    Column("instances", "Instances", .count, about: "Instances that count as it has them.") {
      .count($0.pack.instances)
    },
    Column("duplicates", "Duplicates", .count, about: "Rows that a newer pack has as well.") {
      .count($0.pack.duplicates)
    },
    Column("verdict", "Completeness", .text, about: "How much is known about its completeness.") {
      verdict($0.pack.verdict)
    },
    Column("manifest", "Manifest", .text, about: "The SHA-256 of its manifest.json.") {
      .text($0.pack.manifest)
    }.asDetail,
  ]

  static let coverage: [Column<CoverageRow>] = [
    Column("server", "Server", .text, about: "The server's base URL; empty for saved pages.") {
      .text($0.server)
    },
    Column("kind", "What", .text, about: "gap where no window covers it, overlap where several do.")
    {
      $0.kind
    },
    Column("from", "From", .instant, about: "The first instant inside.") {
      .instant(Instant(rfc3339: $0.from))
    },
    Column("to", "To", .instant, about: "The first instant after.") {
      .instant(Instant(rfc3339: $0.to))
    },
    Column("packs", "Packs", .text, about: "The packs whose windows cover it.") {
      .text($0.packs.isEmpty ? nil : $0.packs.joined(separator: " "))
    },
  ]

  static let turnaround: [Column<ServerTurnaround>] =
    [
      Column("server", "Server", .text, about: "The server's base URL; empty for saved pages.") {
        .text($0.server)
      }
    ]
    + TurnaroundDocument.Row.columns.map { column in
      Column(
        column.field.name, column.field.title, column.field.kind, about: column.field.about
      ) { column.value($0.row) }
    }

  static func packRows(of servers: [ServerReport]) -> [PackRow] {
    servers.flatMap { server in server.packs.map { PackRow(server: server.server, pack: $0) } }
  }

  static func coverageRows(of servers: [ServerReport]) -> [CoverageRow] {
    servers.flatMap { server in
      server.gaps.map {
        CoverageRow(
          server: server.server, kind: .term("gap", label: "Gap"), from: $0.from, to: $0.to)
      }
        + server.overlaps.map {
          CoverageRow(
            server: server.server, kind: .term("overlap", label: "Overlap"), from: $0.from,
            to: $0.to, packs: $0.packs)
        }
    }
  }

  static func turnaroundRows(of servers: [ServerReport]) -> [ServerTurnaround] {
    servers.flatMap { server in
      (server.metrics.turnaround ?? []).flatMap(\.rows).map {
        ServerTurnaround(server: server.server, row: $0)
      }
    }
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
