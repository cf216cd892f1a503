/// The version of kfaudit: the one place that names it.
public enum ToolVersion {
  /// The release version, without a commit, so that packs of one release are comparable.
  public static let current = "0.3.0"
}
