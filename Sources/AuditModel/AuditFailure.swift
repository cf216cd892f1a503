/// An error that ends a run.
public protocol AuditFailure: Error, CustomStringConvertible {
  /// What people read: what failed, where, and what to do.
  var message: Message { get }
}

extension AuditFailure {
  /// The sentence.
  public var description: String { message.text }

  /// What the program exits with.
  public var exitStatus: ExitStatus { message.code.exitStatus ?? .internalError }

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

extension ExitStatus {
  /// What it means, in a sentence.
  public var meaning: String {
    switch self {
    case .complete: "Complete; no policy check failed."
    case .breach: "Complete; a policy check failed. All files are written."
    case .unproved:
      "Not proved: the pack is published and watermarked. Or incomplete: nothing is published. Or a required policy check could not be evaluated."
    case .usage: "The command line is not valid."
    case .brokenData: "The data breaks its contract, or a pack does not verify."
    case .missingInput: "An input file is missing or cannot be read."
    case .unreachable: "The server cannot be reached."
    case .internalError: "Internal error of kfaudit."
    case .outputRefused: "The output cannot be created."
    case .inputOutput: "Reading or writing failed, or the disk is full."
    case .tryLater:
      "Try again later: the archive is locked, the server limits requests, or the deadline has passed."
    case .brokenProtocol: "The server does not follow the protocol."
    case .refused: "The server refuses the credentials or the permission."
    case .configuration: "The configuration is not valid."
    }
  }
}
