/// A decision on workflow instances that a file from elsewhere has: the word of whoever brings the file.
public struct Decision: Sendable {
  /// What was decided.
  public enum Outcome: String, Sendable, CaseIterable {
    /// The request may go on.
    case approved
    /// The request was denied.
    case rejected
  }

  /// The instances that it names by their GUIDs: one, or those that occur in a row of an audit log.
  public var ids: [InstanceID]
  /// The instance that it names by its reference id; with a GUID beside it both must be of one instance.
  public var referenceID: Int64?
  /// Who decided, with the key by which users are grouped.
  public var approver: User
  /// When.
  public var at: Instant
  /// What.
  public var outcome: Outcome
  /// What the file says about it.
  public var comment: Name?
  /// Where the file has it from.
  public var source: Name?
  /// The line of the file that it begins in, from 1.
  public var line: Int

  /// Describes a decision.
  public init(
    ids: [InstanceID], referenceID: Int64? = nil, approver: User, at: Instant, outcome: Outcome,
    comment: Name? = nil, source: Name? = nil, line: Int
  ) {
    self.ids = ids
    self.referenceID = referenceID
    self.approver = approver
    self.at = at
    self.outcome = outcome
    self.comment = comment
    self.source = source
    self.line = line
  }
}

/// A file of decisions, `--approvals`, as it was read.
public struct DecisionFile: Sendable {
  /// The largest that is read, in bytes: more than 300,000 decisions.
  public static let sizeLimit = 64 << 20

  /// The file's name, without folders.
  public var name: String
  /// The file as it was read, kept as evidence.
  public var bytes: [UInt8]
  /// Its rows, without the header.
  public var rows: Int
  /// Those of an audit log that are no decision on an instance.
  public var otherRows: Int
  /// The columns that are not used, as the header spells them.
  public var unusedColumns: [Name]
  /// The decisions, in the order of the file; the same one may be there twice.
  public var decisions: [Decision]

  /// Describes a file.
  public init(
    name: String, bytes: [UInt8], rows: Int, otherRows: Int, unusedColumns: [Name],
    decisions: [Decision]
  ) {
    self.name = name
    self.bytes = bytes
    self.rows = rows
    self.otherRows = otherRows
    self.unusedColumns = unusedColumns
    self.decisions = decisions
  }
}
