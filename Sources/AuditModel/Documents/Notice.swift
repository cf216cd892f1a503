/// Something that the reader should know whatever the verdict, with a code for machines.
public struct Notice: Codable, Sendable, Equatable {
  /// Upper case with underscores, such as `SCOPE`.
  public var code: String
  /// A sentence.
  public var text: String

  /// Makes a notice.
  public init(code: String, text: String) {
    (self.code, self.text) = (code, text)
  }
}

extension Notice {
  /// The notices of a report, by the codes that machines read.
  public enum Code: String, Sendable, CaseIterable {
    /// What was read looks as if the account might see only a part.
    case scope = "SCOPE"
    /// Open instances from before the period could not be asked for.
    case noBacklog = "NO_BACKLOG"
    /// The server returned fewer rows at once than it was asked for.
    case pageSize = "PAGE_SIZE"
    /// Files of a folder of saved responses were not read.
    case skipped = "SKIPPED"
    /// The earlier pack is missing, or cannot be read.
    case previousUnavailable = "PREVIOUS_UNAVAILABLE"
    /// The earlier pack was changed after it was published.
    case previousDamaged = "PREVIOUS_DAMAGED"
    /// A new chain of packs begins.
    case chainRestarted = "CHAIN_RESTARTED"
    /// No pack covers a time.
    case gap = "GAP"
    /// Instances of the earlier pack are no longer on the server.
    case disappeared = "DISAPPEARED"
    /// Several packs cover a time.
    case overlap = "OVERLAP"
    /// A reference id is of different instances in different packs.
    case reusedIDs = "REUSED_IDS"
    /// The servers of a merged report are covered for different times.
    case uneven = "UNEVEN"
    /// A waiver has expired.
    case waiverExpired = "EXCEPTION_EXPIRED"
    /// A waiver expires within a week.
    case waiverEndsSoon = "EXCEPTION_ENDS_SOON"
    /// A waiver was not needed.
    case waiverUnused = "EXCEPTION_UNUSED"
    /// Two waivers cover the same failure.
    case waiverOverlap = "EXCEPTION_OVERLAP"

    /// What it means, and what to do.
    public var meaning: String {
      switch self {
      case .scope:
        "What was read looks as if the account might see only a part: all instances have one user, or nearly all reference IDs are missing. Check that the account has the permission /workflows/instances/read/."
      case .noBacklog:
        "Open instances that started before the period could not be asked for, so the list of open requests lacks them."
      case .pageSize:
        "The server returned fewer rows at once than it was asked for, although it had more. The read continued with its size; nothing is missing."
      case .skipped:
        "The folder of saved responses contains files that were not read, because of their names."
      case .previousUnavailable:
        "The earlier pack is missing or cannot be read, so nothing is compared with it and no chain leads to it. Restore it from a copy."
      case .previousDamaged:
        "The earlier pack was changed after it was published, and --force published after it. Find out what changed: kfaudit verify prints it."
      case .chainRestarted:
        "This pack begins a new chain, as --restart-chain asks. kfaudit verify --chain shows it as a recorded restart."
      case .gap:
        "No pack covers a time between two packs. Run kfaudit for that period."
      case .disappeared:
        "Instances of the earlier pack are no longer on the server. Ask who deleted them, or whether the account sees less than before."
      case .overlap:
        "Several packs of a merged report cover a time. Each instance counts once, as the newest pack has it."
      case .reusedIDs:
        "A reference ID stands for different instances in different packs: the server has begun to number anew, or the packs are of several servers."
      case .uneven:
        "The servers of a merged report are covered for different times, so their totals cannot be compared."
      case .waiverExpired:
        "A waiver has expired, so it waives nothing. Renew it, or remove it from the policy."
      case .waiverEndsSoon:
        "A waiver expires within a week. Renew it, or remove what it covers."
      case .waiverUnused:
        "A waiver was not needed in this report. Remove it if that stays so."
      case .waiverOverlap:
        "Two waivers cover the same failure. Keep one of them."
      }
    }
  }

  /// Makes a notice of the report.
  public init(_ code: Code, _ text: String) {
    self.init(code: code.rawValue, text: text)
  }

  /// Whether it has a code.
  public func has(_ code: Code) -> Bool { self.code.isSame(as: code.rawValue) }
}
