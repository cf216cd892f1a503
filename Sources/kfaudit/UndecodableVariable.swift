internal import AuditModel

/// A variable that every command reads, and that is not text.
struct UndecodableVariable: AuditFailure {
  /// Its name.
  var name: String
  var exitStatus: ExitStatus { .configuration }
  var description: String { "\(name): the value is not UTF-8; name another folder with it." }
}
