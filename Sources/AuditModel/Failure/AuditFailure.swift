/// An error that ends a run: its description is a sentence (what failed, where, what was tried, what to do next).
public protocol AuditFailure: Error, CustomStringConvertible {
  /// What the program answers.
  var exitStatus: ExitStatus { get }
}

extension AuditFailure {
  /// Whether this machine failed, and not what was looked at: 73, 74 or 75.
  public var isOfMachine: Bool {
    [.outputRefused, .inputOutput, .tryLater].contains(exitStatus)
  }
}
