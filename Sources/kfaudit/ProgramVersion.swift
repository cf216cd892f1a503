private import AuditModel
private import AuditRun
private import CBuildCommit

/// What `--version` shows.
enum ProgramVersion {
  /// The release version, and the commit for builds that were told it: `kfaudit 1.0.0 (5ba19c7)`.
  ///
  /// Only this line knows the commit. Packs carry the release version, so that builds of one release compare.
  static var text: String {
    let commit = unsafe String(cString: build_commit())
    return "kfaudit \(ToolVersion.current)" + (commit.isEmpty ? "" : " (\(commit))")
  }
}
