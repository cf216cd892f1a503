/// What became of a finished pack.
package struct Publication: Sendable, Equatable {
  /// The path of the pack, which begins as the archive's does.
  package var path: String
  /// Whether the archive held the same rows, made with the same options, already; then this run added nothing.
  package var wasAlreadyPublished: Bool
  /// What the user should know besides, a sentence; the pack is published all the same.
  package var notice: String?
}
