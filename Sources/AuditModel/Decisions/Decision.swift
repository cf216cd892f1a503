/// A decision on workflow instances from a file that kfaudit cannot check.
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
  /// The file's comment on it.
  public var comment: Name?
  /// Where the file has it from.
  public var source: Name?
  /// The line of the file that it begins in, from 1.
  public var line: Int
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
  /// Those of an audit log that are not decisions on an instance.
  public var otherRows: Int
  /// The columns that are not used, as the header spells them.
  public var unusedColumns: [Name]
  /// The decisions, in the order of the file; the same one may be there twice.
  public var decisions: [Decision]
}

/// Reads a file of decisions in either of its shapes, and gathers what is wrong with it.
///
/// All mistakes of the rows are reported together, up to ``most``; one that leaves it open where the next cell begins is
/// the last. Nothing is guessed: a time without a zone, a date whose day and month could be confused, two instances in
/// one row are errors.
public struct DecisionFileReader {
  /// How many mistakes are told.
  public static let most = 20

  /// What is wrong, a sentence each with file, line and column; empty for a file that can be used.
  private var mistakes: [String] = []
  /// How many mistakes there are, those that are not told included.
  private var found = 0

  private let path: String
  private let bytes: [UInt8]
  private var approvers = NameIndex()
  private var users: [User] = []

  /// Reads a file, whose path is for messages and its name the last part of it; returns what is wrong with it instead.
  public static func read(_ bytes: [UInt8], path: String) -> (
    file: DecisionFile?, mistakes: [String]
  ) {
    var reader = DecisionFileReader(path: path, bytes: bytes)
    let file = reader.read()
    if reader.found > reader.mistakes.count {
      let more = Counted(reader.found - reader.mistakes.count, "more mistake")
      reader.mistakes.append("\(reader.shownPath): \(more.phrase) \(more.verb) not listed.")
    }
    return reader.mistakes.isEmpty ? (file, []) : (nil, reader.mistakes)
  }

  private var shownPath: String { TerminalText.sanitized(path) }

  private mutating func read() -> DecisionFile? {
    do throws(CSVScanner.Fault) {
      var scanner = try CSVScanner(bytes)
      guard let header = try scanner.next() else {
        refuse(
          byte: 0,
          "the file is empty. It must begin with a header, such as \(DecisionColumns.example).")
        return nil
      }
      guard let columns = columns(of: header, in: scanner) else { return nil }
      var file = DecisionFile(
        name: path.parts(at: "/").last ?? "", bytes: bytes, rows: 0, otherRows: 0,
        unusedColumns: columns.unused, decisions: [])
      var agreement = TargetAgreement()
      while let record = try scanner.next() {
        file.rows += 1
        guard record.cells.count == columns.count else {
          refuse(
            byte: record.cells[0].range.lowerBound,
            "the row has \(Counted(record.cells.count, "cell").phrase), the header "
              + "\(Counted(columns.count, "column").phrase). Add or remove cells.")
          continue
        }
        var row = DecisionRow(record: record, columns: columns, scanner: scanner)
        let read = columns.isAuditLog ? row.auditLogEntry() : row.decision()
        for mistake in row.mistakes { refuse(byte: mistake.byte, mistake.problem) }
        guard row.mistakes.isEmpty else { continue }
        guard var read else {
          file.otherRows += 1
          continue
        }
        if let other = agreement.contradiction(read) {
          refuse(
            byte: record.cells[0].range.lowerBound,
            "id and reference_id are not those of one instance: line \(other) pairs one of them with another. "
              + "Correct the wrong one.")
          continue
        }
        read.approver = shared(read.approver)
        file.decisions.append(read)
      }
      return file
    } catch {
      refuse(byte: error.byte, error.problem)
      return nil
    }
  }

  /// The user that all decisions of one approver have.
  private mutating func shared(_ approver: User) -> User {
    let number = approvers.index(of: approver.spelling)
    if number == users.count { users.append(approver) }
    return users[number]
  }

  private mutating func columns(
    of header: CSVScanner.Record, in scanner: CSVScanner
  ) -> DecisionColumns? {
    let columns = DecisionColumns(header.cells.map { Name(bytes: scanner.text(of: $0)) })
    for problem in columns.problems {
      refuse(byte: header.cells[problem.cell].range.lowerBound, problem.sentence)
    }
    return columns.problems.isEmpty ? columns : nil
  }

  private mutating func refuse(byte: Int, _ problem: String) {
    found += 1
    guard mistakes.count < Self.most else { return }
    let place = CSVScanner.place(of: byte, in: bytes)
    mistakes.append("\(shownPath):\(place.line):\(place.column): \(problem)")
  }
}

/// Checks that rows with both a GUID and a reference id always pair the same two.
private struct TargetAgreement {
  private var byID: [InstanceID: (referenceID: Int64, line: Int)] = [:]
  private var byReferenceID: [Int64: (id: InstanceID, line: Int)] = [:]

  /// The line that a row contradicts; `nil` when there is none.
  mutating func contradiction(_ row: Decision) -> Int? {
    guard let referenceID = row.referenceID, let id = row.ids.first else { return nil }
    if let known = byID[id], known.referenceID != referenceID { return known.line }
    if let known = byReferenceID[referenceID], known.id != id { return known.line }
    if byID[id] == nil { byID[id] = (referenceID, row.line) }
    if byReferenceID[referenceID] == nil { byReferenceID[referenceID] = (id, row.line) }
    return nil
  }
}
