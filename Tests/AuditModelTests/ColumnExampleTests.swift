import AuditModel
import Testing

@Suite("The example of a table")
struct ColumnExampleTests {
  @Test("Its columns give each row a cell")
  func cells() {
    struct Approver {
      var name: String
      var decisions: Int
    }
    let columns: [Column<Approver>] = [
      Column("approver", "Approver", .text, about: "Who decides.") { .text($0.name) },
      Column("decisions", "Decisions", .count, about: "How often.") { .count($0.decisions) },
    ]
    let table = MetricTable(
      .init(key: "approvers", file: "approvers"), title: "Approvers", columns: columns,
      rows: [Approver(name: "ada", decisions: 3)])
    #expect(Array(table.rows()) == [[.text("ada"), .count(3)]])
    #expect(table.fields.map(\.key) == ["approver", "decisions"])
  }
}
