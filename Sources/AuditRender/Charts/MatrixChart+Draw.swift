import AuditModel
import SafeXML

extension MatrixChart {
  /// How many rows are drawn; they come with the largest first.
  private static var shownRows: Int { 12 }

  /// Draws the chart as a table whose cells are the darker the more they hold, each with its number: it needs no other
  /// table beside it, and is one to those who cannot see it.
  func draw(number: Int, to writer: inout MarkupWriter) {
    let most = rows.flatMap(\.counts).max() ?? 0
    writer.table("matrix", number, style: "matrix") { writer in
      writer.number(writer.numbering.nextFigure())
      writer.text(title)
    } head: { writer in
      writer.element(.th, .scope(.col), text: axis)
      for column in columns {
        writer.element(.th, .scope(.col), .className("n"), text: column)
      }
    } body: { writer in
      writer.element(.tbody) { writer in
        for row in rows.prefix(Self.shownRows) { Self.write(row, most: most, to: &writer) }
      }
    }
    writer.newline()
  }

  private static func write(
    _ row: (name: RowName, counts: [Int]), most: Int, to writer: inout MarkupWriter
  ) {
    writer.element(.tr) { writer in
      writer.element(.th, .scope(.row)) { writer in
        switch row.name {
        case .word(let word): writer.text(word)
        case .name(let name): writer.untrusted(name, or: "No workflow type")
        }
      }
      for count in row.counts {
        writer.element(.td, .className(shade(count, most))) { writer in
          writer.text(DisplayFormat.count(count))
        }
      }
    }
    writer.newline()
  }

  /// Five shades by the square root, so that small counts are seen beside large ones.
  private static func shade(_ count: Int, _ most: Int) -> StaticString {
    guard count > 0 else { return "n s0" }
    switch (Double(count) / Double(most)).squareRoot() {
    case ..<0.25: return "n s1"
    case ..<0.45: return "n s2"
    case ..<0.65: return "n s3"
    case ..<0.85: return "n s4"
    default: return "n s5"
    }
  }
}
