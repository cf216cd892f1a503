import AuditModel
import TestSupport
import Testing

@Suite("A file of decisions")
struct DecisionFileTests {
  private static let id = "9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1"

  private func read(_ text: String) -> (file: DecisionFile?, mistakes: [String]) {
    DecisionFileReader.read(Array(text.utf8), path: "folder/decisions.csv")
  }

  private func file(_ text: String) throws -> DecisionFile {
    let (file, mistakes) = read(text)
    #expect(mistakes == [])
    return try #require(file)
  }

  @Test("is read in whatever order its columns come, with or without a byte order mark")
  func decisions() throws {
    let text = """
      decided_at,decision,approver,reference_id,ticket,comment\r
      2026-10-01T14:24:00.516+02:00,approved,CORP\\pki,150003,T-1,"fine,\r
      ""really"" so"\r
      2026-10-02T00:00:00Z,REJECTED,pki@corp.example,150004,,\r

      """
    for mark in ["", "\u{FEFF}"] {
      let file = try file(mark + text)
      #expect(file.name == "decisions.csv")
      #expect(file.rows == 2)
      #expect(file.unusedColumns.map(\.string) == ["ticket"])
      #expect(file.decisions.map(\.referenceID) == [150003, 150004])
      #expect(file.decisions.map(\.outcome) == [.approved, .rejected])
      #expect(
        file.decisions.map(\.at.description) == [
          "2026-10-01T12:24:00.516Z", "2026-10-02T00:00:00.000Z",
        ])
      #expect(file.decisions.map { $0.comment?.string } == ["fine,\r\n\"really\" so", nil])
      #expect(file.decisions.map(\.line) == [2, 4])
      #expect(file.decisions.map(\.approver.kind) == [.domain, .principal])
    }
  }

  @Test(
    "takes ids as instances.csv and spreadsheets write them",
    arguments: [
      id, id.uppercased(), "{\(id)}", "'\(id)", " \(id) ",
    ])
  func ids(written: String) throws {
    let file = try file(
      "id,approver,decided_at,decision\n\(written),a,2026-10-01T00:00:00Z,approved\n")
    #expect(file.decisions.map { $0.ids.map(\.description) } == [[Self.id]])
  }

  @Test(
    "gives back a text that kfaudit escaped, and keeps an apostrophe of somebody's own",
    arguments: [
      ("'=cmd", "=cmd"), ("''x", "'x"), ("'t Hooft", "'t Hooft"), ("'@corp", "@corp"),
      ("a\\u{3B}=b", "a;=b"), ("CORP\\user", "CORP\\user"), ("a\\\\b\\u{1B}", "a\\b\u{1B}"),
    ])
  func escapes(written: String, meant: String) throws {
    let file = try file(
      "reference_id,approver,decided_at,decision\n1,\(written),2026-10-01T00:00:00Z,approved\n")
    #expect(file.decisions.map(\.approver.spelling.string) == [meant])
  }

  @Test("is refused with file, line, column and value of each mistake")
  func mistakes() throws {
    let text = """
      reference_id,id,approver,decided_at,decision
      1,,CORP\\a,10/11/2026,approved
      one,,CORP\\a,2026-10-01T00:00:00Z,approved
      ,,CORP\\a,2026-10-01T00:00:00Z,approved
      2,,,2026-10-01T00:00:00,maybe
      3,,CORP\\a,2026-10-01T00:00:00Z
      4,\(Self.id),CORP\\a,2026-10-01T00:00:00Z,approved
      5,\(Self.id),CORP\\a,2026-10-01T00:00:00Z,approved
      6,,CORP\\a ,2026-02-30T00:00:00Z,
      7,9c996cd3,CORP\\a,2026-10-01T00:00:00Z,approved
      """
    let (file, mistakes) = read(text)
    #expect(file == nil)
    let places = mistakes.map { $0.split(separator: ":").prefix(4).joined(separator: ":") }
    #expect(
      places == [
        "folder/decisions.csv:2:11: decided_at", "folder/decisions.csv:3:1: reference_id",
        "folder/decisions.csv:4:1: reference_id", "folder/decisions.csv:5:4: approver",
        "folder/decisions.csv:5:5: decided_at", "folder/decisions.csv:5:25: decision",
        "folder/decisions.csv:6:1: the row has 4 cells, the header 5 columns. Add or remove cells.",
        "folder/decisions.csv:8:1: id and reference_id are not those of one instance",
        "folder/decisions.csv:9:4: approver", "folder/decisions.csv:9:12: decided_at",
        "folder/decisions.csv:9:33: decision", "folder/decisions.csv:10:3: id",
      ])
    #expect(mistakes[0].contains("10/11/2026 is not a valid time with a zone"))
    #expect(mistakes[5].contains("maybe is not a valid decision"))
  }

  @Test("tells at most twenty mistakes, and how many more there are")
  func manyMistakes() {
    let rows = (0..<30).map { "\($0),a,never,approved" }.joined(separator: "\n")
    let (_, mistakes) = read("reference_id,approver,decided_at,decision\n" + rows)
    #expect(mistakes.count == 21)
    #expect(mistakes.last == "folder/decisions.csv: 10 more mistakes are not listed.")
  }

  @Test(
    "is refused as a whole where no row can be read",
    arguments: [
      ("", "1:1: the file is empty"),
      (
        "approver,decided_at\n",
        "1:1: the header has no column decision, no column reference_id or id. Decisions need"
      ),
      ("id;approver;decided_at;decision\n", "1:1: the header has no column"),
      ("id,approver,Approver,decided_at,decision\n", "1:13: the column Approver is there twice"),
      ("id,approver,decided_at,decision\n\"x\n", "2:1: the quotation mark is never closed"),
      ("id,approver,decided_at,decision\nx\"y,,,\n", "2:2: a quotation mark stands within a cell"),
      (
        "id,approver,decided_at,decision\n\"x\"y,,,\n",
        "2:4: text follows the closing quotation mark"
      ),
      ("id,approver,decided_at,decision\rx,,,\n", "1:32: a carriage return by itself"),
      ("id,approver,decided_at,decision\n\0,,,\n", "2:1: a NUL is not valid"),
    ])
  func wholeFile(text: String, begins: String) {
    let (file, mistakes) = read(text)
    #expect(file == nil)
    #expect(mistakes.first?.hasPrefix("folder/decisions.csv:" + begins) == true, "\(mistakes)")
  }

  @Test(
    "is refused where it is not UTF-8, with the place",
    arguments: [
      ([0x69, 0x64, 0x0A, 0x41, 0xE9, 0x0A] as [UInt8], "x:2:2: the file is not valid UTF-8"),
      ([0xFF, 0xFE, 0x69, 0x00], "x:1:1: the file is UTF-16"),
    ])
  func encoding(bytes: [UInt8], begins: String) {
    let (_, mistakes) = DecisionFileReader.read(bytes, path: "x")
    #expect(mistakes.count == 1)
    #expect(mistakes.first?.hasPrefix(begins) == true, "\(mistakes)")
  }

  @Test("may be the portal's audit log, of which only decisions that hold a GUID count")
  func auditLog() throws {
    let other = "9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d2"
    let file = try file(
      """
      Id,Timestamp,Message,Operation,Level,User,Category,Name,XMLMessage
      1,2026-10-01T12:24:00,m,Approved,Information,CORP\\a,Workflow,n,"<i id=""{\(Self.id)}"">\(other)</i>"
      2,2026-10-01 12:24:00Z,\(Self.id) m,disapproved,Information,CORP\\b,Workflow,n,
      3,never,m,Approved,Information,CORP\\a,Certificate,n,no id
      4,never,\(Self.id),Updated,Information,CORP\\a,Workflow,n,
      5,never,x\(Self.id),Denied,Information,CORP\\a,Workflow,n,\(Self.id)-1
      """)
    #expect(file.rows == 5)
    #expect(file.otherRows == 3)
    #expect(file.unusedColumns.isEmpty)
    #expect(file.decisions.map { $0.ids.map(\.description) } == [[Self.id, other], [Self.id]])
    #expect(file.decisions.map(\.outcome) == [.approved, .rejected])
    #expect(
      file.decisions.map(\.at.description) == Array(repeating: "2026-10-01T12:24:00.000Z", count: 2)
    )
    #expect(file.decisions.map { $0.source?.string } == ["audit log 1", "audit log 2"])
  }

  @Test(
    "refuses a time of the audit log that can be read in more than one way",
    arguments: [
      "10/11/2026 12:24:00", "10/11/2026 3:04:05 PM", "2026-10-01", "1 Oct 2026 12:24:00", "",
    ])
  func ambiguousTime(time: String) {
    let (_, mistakes) = read(
      """
      Id,Timestamp,Message,Operation,Level,User,Category,Name,XMLMessage
      1,\(time),\(Self.id),Approved,Information,CORP\\a,Workflow,n,
      """)
    #expect(mistakes.count == 1)
    #expect(mistakes.first?.hasPrefix("folder/decisions.csv:2:3: timestamp: ") == true)
    if !time.isEmpty { #expect(mistakes.first?.contains(time) == true) }
  }

  @Test("is read the same as a reader that shares no code with it reads it", arguments: 0..<20)
  func otherReader(seed: Int) throws {
    let text = RandomDecisions(seed: seed).csv
    let file = try file(text)
    let rows = CSVReader.rows(of: Array(text.utf8))
    #expect(file.rows == rows.count - 1)
    #expect(file.decisions.count + file.otherRows == file.rows)
  }

  @Test("is used or refused with a reason, whatever bytes of it are others", arguments: 0..<20)
  func spoiled(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let bytes = Array(RandomDecisions(seed: seed).csv.utf8.prefix(4000))
    let others: [UInt8] = Array("\",\r\n'{}-:\\;".utf8) + [0, 0x80, 0xC3, 0xFF]
    for _ in 0..<100 {
      var spoiled = bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: spoiled.indices, using: &generator)
        spoiled[place] = others[Int.random(in: others.indices, using: &generator)]
      }
      let (file, mistakes) = DecisionFileReader.read(spoiled, path: "f")
      #expect((file == nil) == !mistakes.isEmpty)
      if let file { #expect(file.decisions.count + file.otherRows == file.rows) }
    }
  }
}
