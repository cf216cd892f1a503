/// The elements that a ``MarkupWriter`` can write: none of them runs, loads or links to anything.
public enum MarkupElement: String, Sendable, CaseIterable {
  case a
  case bdi
  case caption
  case code
  case data
  case dd
  case details
  case div
  case dl
  case dt
  case em
  case figcaption
  case figure
  case h2
  case h3
  case h4
  case li
  case ol
  case p
  case section
  case small
  case span
  case strong
  case summary
  case table
  case tbody
  case td
  case tfoot
  case th
  case thead
  case time
  case tr
  case ul
  case wbr

  // SVG
  case desc
  case g
  case line
  case path
  case rect
  case svg
  case text
  case title

  // JUnit
  case testsuites
  case testsuite
  case testcase
  case properties
  case property
  case failure
  case skipped
  case systemOut = "system-out"

  /// Whether it has neither content nor an end tag.
  var isVoid: Bool { self == .wbr }
}
