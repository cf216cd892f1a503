public import AuditModel

/// Why the command that should sign a pack did not.
public enum SignCommandError: AuditFailure, Equatable {
  /// It ended with another status than 0, having said these words.
  case failed(String, status: Int32, words: String)
  /// It printed nothing.
  case printedNothing(String)
  /// It did not end.
  case tookTooLong(String, seconds: Int)
  /// It signed with another key than when it was tried before the run.
  case changedSigner(String, tried: String, signed: String)

  /// 75 for a command that did not end, as a token that waits for a touch; else 74.
  public var exitStatus: ExitStatus {
    switch self {
    case .tookTooLong: .tryLater
    case .failed, .printedNothing, .changedSigner: .inputOutput
    }
  }

  /// The command, what it did, and that nothing was published.
  public var description: String {
    switch self {
    case .failed(let command, let status, let words):
      "\(name(command)) failed with status \(status)"
        + (words.isEmpty ? "" : ": \(TerminalText.clean(words, limit: 200))")
        + ". Nothing was published; try the command by hand: sh -c runs it with SHA256SUMS as its input."
    case .printedNothing(let command):
      "\(name(command)) printed nothing; it must write a signature on stdout. Nothing was published."
    case .tookTooLong(let command, let seconds):
      "\(name(command)) did not end within \(seconds) s. Nothing was published; run again when the key answers."
    case .changedSigner(let command, let tried, let signed):
      "\(name(command)) signed as \(TerminalText.clean(signed)), but as \(TerminalText.clean(tried)) when it was tried "
        + "before the run. Nothing was published."
    }
  }

  private func name(_ command: String) -> String {
    "--sign-command \(TerminalText.clean(command, limit: 100))"
  }
}
