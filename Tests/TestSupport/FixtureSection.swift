import AuditModel

/// A metric that brings its own section, with a text from the server wherever one can stand.
struct FixtureSection {
  let text: @Sendable (String) -> String

  var section: MetricSection {
    let type = text("Enrollment")
    return MetricSection(
      key: "backlog", title: "Open requests", caption: "What is still open.",
      sentences: ["\(name: type) has 3 open requests, the oldest for 2 d."],
      figures: [
        Figure("open", "Open", .count, about: "Open requests.", .count(3)),
        Figure("older_reason", "Why not", .text, about: "Why not.", .text(text("It said 400."))),
      ],
      charts: [
        .curves(
          CurveChart(
            title: "Share that has ended", subject: type,
            points: [
              .init(time: 60_000, shares: [0.2, 0, 0.02], isInTable: false),
              .init(time: 3_600_000, shares: [0.5, 0.1, 0.05], isInTable: true),
              .init(time: 86_400_000, shares: [0.7, 0.12, 0.06], isInTable: true),
            ])),
        .rows(
          RowChart(
            title: "How limits were kept", subject: "Limit", measure: "Share", scale: .shares,
            key: [.init("Met", .good), .init("Broken", .bad)],
            rows: [.init("\(name: type), 1 d", .parts([0.9, 0.1]), figures: "1 of 10")])),
        .rows(
          RowChart(
            title: "Rates", subject: "Who", measure: "Share", scale: .shares,
            rows: [
              .init("\(name: type)", .interval(WilsonInterval.rate(3, of: 40)), figures: "7.5%")
            ])),
        .rows(
          RowChart(
            title: "Use", subject: "Version", measure: "Days",
            scale: .days(
              Window(
                from: Instant(milliseconds: 1_790_812_800_000),
                to: Instant(milliseconds: 1_793_491_200_000), zone: .utc)),
            rows: [
              .init("\(name: type)", .span([1_790_899_200_000, 1_793_000_000_000]), figures: "5")
            ])),
        .matrix(
          MatrixChart(
            title: "Open requests by age", axis: "Workflow type", columns: ["under 4 h", "more"],
            rows: [(name: .name(type), counts: [1, 2]), (name: .word("All"), counts: [1, 2])])),
      ],
      tables: [
        MetricTable(
          .init(key: nil, file: "backlog"), title: "Open requests",
          columns: [
            Column("reference_id", "Reference id", .identifier, about: "The server's number.") {
              .identifier($0)
            },
            Column("user", "User", .text, about: "The initiating user.") { [text] _ in
              .text(text("CORP\\ada"))
            },
            Column("start", "Start", .instant, about: "When it started.") { _ in
              .instant(Instant(milliseconds: 1_790_812_800_000))
            },
            Column("ids", "Reference ids", .ids, about: "Those of the row.") { .ids([$0, 7]) },
          ], rows: [1000, 1002, 1004] as [Int64])
      ])
  }
}
