import SafeXML

/// A section of the page, as other parts of it point to it.
struct PagePlace {
  /// The id of its heading.
  let id: StaticString
  /// `Section 3`, `Appendix B`.
  let words: String
}

extension MarkupWriter {
  /// Writes the way to a section behind what has been said.
  mutating func way(to place: PagePlace) {
    text(" ")
    element(.a, .className("way"), .anchor(place.id), text: place.words)
  }
}
