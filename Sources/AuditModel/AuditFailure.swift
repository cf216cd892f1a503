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

/// The exit statuses of the program; frozen.
public enum ExitStatus: Int32, Sendable, CaseIterable, Comparable {
  /// Done, and no gate failed.
  case complete = 0
  /// Done, and a gate of the policy failed.
  case breach = 1
  /// Published but unproved, incomplete, or a required gate could not be judged.
  case unproved = 3
  /// The command line is wrong.
  case usage = 64
  /// The data breaks its contract, or a pack does not verify.
  case brokenData = 65
  /// A file or folder that was named is not there, or cannot be read.
  case missingInput = 66
  /// The server cannot be reached, or does not answer.
  case unreachable = 69
  /// A fault of this program.
  case internalError = 70
  /// Output cannot be created where it was asked for.
  case outputRefused = 73
  /// Reading or writing failed: a full or broken disk, a command that did not sign.
  case inputOutput = 74
  /// Try again later: the archive is locked, a rate limit, a deadline.
  case tryLater = 75
  /// The server does not speak the protocol.
  case brokenProtocol = 76
  /// Credentials or permission refused.
  case refused = 77
  /// The environment, a profile, a configuration or a key is wrong.
  case configuration = 78

  /// Orders by number, which is not the order of gravity.
  public static func < (left: ExitStatus, right: ExitStatus) -> Bool {
    left.rawValue < right.rawValue
  }
}
