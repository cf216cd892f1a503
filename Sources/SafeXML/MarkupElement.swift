/// The elements that a ``MarkupWriter`` can write: none of them runs, loads or links to anything.
package enum MarkupElement: String, Sendable, CaseIterable {
  /// A link within the page.
  case a
  /// A text from the server, whose direction does not spill over.
  case bdi
  /// The title of a table.
  case caption
  /// A name or a digest, as it is typed.
  case code
  /// A figure with its exact value.
  case data
  /// What a term is.
  case dd
  /// A part that opens on demand.
  case details
  /// A box without a meaning of its own.
  case div
  /// Terms and what they are.
  case dl
  /// A term.
  case dt
  /// A stressed word.
  case em
  /// The title of a chart.
  case figcaption
  /// A chart with its title.
  case figure
  /// The heading of a section.
  case h2
  /// The heading within a section.
  case h3
  /// An entry of a list.
  case li
  /// A list whose order matters.
  case ol
  /// A paragraph.
  case p
  /// A section with a heading.
  case section
  /// A note beside a figure.
  case small
  /// A run of text for the style sheet.
  case span
  /// A word that must not be missed.
  case strong
  /// What is seen of a closed part.
  case summary
  /// Rows and columns.
  case table
  /// The rows of a table.
  case tbody
  /// A cell.
  case td
  /// The totals of a table.
  case tfoot
  /// A header cell.
  case th
  /// The header rows of a table.
  case thead
  /// An instant with its exact value.
  case time
  /// A row.
  case tr
  /// A list without order.
  case ul

  // SVG
  /// The drawing in words.
  case desc
  /// Shapes that belong together.
  case g
  /// A straight line: an axis, a tick.
  case line
  /// A line or an area through several corners.
  case path
  /// A bar.
  case rect
  /// A drawing.
  case svg
  /// Words in a drawing.
  case text
  /// The name of a shape, shown when it is pointed at.
  case title

  // JUnit
  /// The whole of junit.xml.
  case testsuites
  /// The gates of a policy.
  case testsuite
  /// A gate.
  case testcase
  /// Why a gate failed.
  case failure
  /// Why a gate was not judged.
  case skipped
  /// What a gate looked at.
  case systemOut = "system-out"
}
