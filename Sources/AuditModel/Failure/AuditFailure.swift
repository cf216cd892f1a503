/// An error that ends a run: its description is a sentence (what failed, where, what was tried, what to do next).
public protocol AuditFailure: Error, CustomStringConvertible {
  /// What the program answers.
  var exitStatus: ExitStatus { get }
}
