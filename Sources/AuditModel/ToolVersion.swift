/// The version of kfaudit: the one place that names it.
package enum ToolVersion {
  /// The release version, without a commit, so that packs of one release are comparable.
  package static let current = "0.2.0"
}
