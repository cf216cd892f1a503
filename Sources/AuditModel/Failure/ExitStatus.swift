/// The exit statuses of the program; frozen.
public enum ExitStatus: Int32, Sendable, Comparable {
  case complete = 0
  case breach = 1
  case unproved = 3
  case usage = 64
  case brokenData = 65
  case missingInput = 66
  case unreachable = 69
  case internalError = 70
  case outputRefused = 73
  case inputOutput = 74
  case tryLater = 75
  case brokenProtocol = 76
  case refused = 77
  case configuration = 78

  public static func < (left: ExitStatus, right: ExitStatus) -> Bool {
    left.rawValue < right.rawValue
  }
}
