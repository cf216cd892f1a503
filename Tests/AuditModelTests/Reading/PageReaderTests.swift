import Testing

@testable import AuditModel

@Suite("Reading pages")
struct PageReaderTests {
  static let id = "9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1"

  private func read(_ json: String) throws(PageError) -> PageRows {
    try PageReader.read(Array(json.utf8), page: "page-1")
  }

  private func failure(_ json: String) -> PageError? {
    failure(Array(json.utf8))
  }

  private func failure(_ bytes: [UInt8]) -> PageError? {
    do {
      _ = try PageReader.read(bytes, page: "page-1")
      return nil
    } catch {
      return error
    }
  }

  private func text(_ field: TextSlice?, _ page: PageRows) -> String? {
    field.map { String(decoding: page.text[$0.range], as: UTF8.self) }
  }

  @Test("Every field of the vendor's response table is read")
  func allFields() throws {
    let page = try read(
      """
      [{"Id":"\(Self.id)","Status":"Suspended","CurrentStepId":"4a1c","StatusMessage":"Awaiting","Definition":
      {"Id":"2c8f","DisplayName":"Web","Version":3,"WorkflowType":"Enrollment"},"CurrentStepDisplayName":"Require",
      "CurrentStepUniqueName":"RequireApproval1","Title":"a\\u0027b","LastModified":"2026-03-07T02:48:49.743Z",
      "StartDate":"2026-03-07T02:38:49Z","ReferenceId":9223372036854775807}]
      """)
    let row = try #require(page.rows.first)
    #expect(row.id.description == Self.id)
    #expect(row.referenceID == .max)
    #expect(text(row.stepID, page) == "4a1c")
    #expect(text(row.statusMessage, page) == "Awaiting")
    let definition = page.definitions[row.definition]
    #expect(text(definition.id, page) == "2c8f")
    #expect(text(definition.name, page) == "Web")
    #expect(definition.version == 3)
    #expect(text(definition.workflowType, page) == "Enrollment")
    #expect(text(row.stepName, page) == "Require")
    #expect(text(row.stepUniqueName, page) == "RequireApproval1")
    #expect(text(row.title, page) == "a'b")
    #expect(text(row.lastModified, page) == "2026-03-07T02:48:49.743Z")
    #expect(text(row.start, page) == "2026-03-07T02:38:49Z")
  }

  @Test("Keys are read in any case, in any order, escaped or not")
  func keysInAnyCase() throws {
    let page = try read(
      #"[{"referenceId":5,"TITLE":"t","\u0069d":"{9C996CD3-0F0E-4B0C-9F0F-6A4AD6B6B0D1}","definition":{"version":"7"}}]"#
    )
    let row = try #require(page.rows.first)
    #expect(row.referenceID == 5)
    #expect(row.id.description == Self.id)
    #expect(text(row.title, page) == "t")
    #expect(page.definitions[row.definition].version == 7)
  }

  @Test(
    "Reference ids are read exactly",
    arguments: [
      ("\"17\"", 17), ("1.0", 1), ("1e3", 1000), ("9007199254740993", 9_007_199_254_740_993),
      ("120e-1", 12), ("0.5e1", 5),
    ] as [(String, Int64)])
  func exactReferenceIDs(written: String, value: Int64) throws {
    let page = try read(#"[{"Id":"\#(Self.id)","ReferenceId":\#(written)}]"#)
    #expect(page.rows.first?.referenceID == value)
  }

  @Test(
    "Rows without a usable identity break the contract, and the error says where",
    arguments: [
      #""ReferenceId":null"#, #""ReferenceId":-1"#, #""ReferenceId":0"#,
      #""ReferenceId":9223372036854775808"#, #""ReferenceId":1.5"#, #""ReferenceId":"x""#,
      #""Title":"no reference id""#,
    ])
  func brokenIdentities(field: String) throws {
    let error = try #require(failure(#"[{"Id":"\#(Self.id)",\#(field)}]"#))
    #expect(error.exitStatus == .brokenData)
    #expect(error.row == 1)
    #expect(error.description.contains("page page-1, byte"))
  }

  @Test("A GUID that is none breaks the contract")
  func brokenGUID() throws {
    let error = try #require(failure(#"[{"Id":"nonsense","ReferenceId":1}]"#))
    #expect(error.exitStatus == .brokenData)
    #expect(error.field == "Id")
  }

  @Test(
    "What is not a JSON array of objects is not the protocol",
    arguments: [
      "", " ", "null", "{}", "\"x\"", "[1]", "[[]]", "<html>", #"[{"Id":"\#(id)","ReferenceId":1}"#,
      #"[{"Id":"\#(id)","ReferenceId":1},]"#, "[{]}", "[] []",
      "[{\"a\":1,}]", "[{\"a\":NaN}]", "[{'a':1}]", "[{\"a\":01}]", "[{\"a\":\"\u{1}\"}]",
      "[{\"a\":\"\\x\"}]", "[{\"a\":\"\\u12g4\"}]", "[{\"a\":tru}]", "[{\"a\":1.}]", "[{\"a\":-}]",
      "[{\"a\" 1}]", "[/**/]", "[{\"a\":\"",
    ])
  func notTheProtocol(json: String) throws {
    let error = try #require(failure(json))
    #expect(error.exitStatus == .brokenProtocol)
  }

  @Test(
    "Bytes that are not UTF-8 are not the protocol",
    arguments: [
      [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE2, 0x82],
      [0xF0, 0x82, 0x82, 0xAC], [0xFF],
    ] as [[UInt8]])
  func brokenUTF8(bytes: [UInt8]) throws {
    let error = try #require(failure(Array("[{\"a\":\"".utf8) + bytes + Array("\"}]".utf8)))
    #expect(error.exitStatus == .brokenProtocol)
    #expect(error.byte >= 7)
  }

  @Test(
    "A duplicate key breaks the contract, whatever its case",
    arguments: [
      #"[{"Id":"\#(id)","id":"\#(id)","ReferenceId":1}]"#,
      #"[{"Id":"\#(id)","ReferenceId":1,"x":1,"x":2}]"#,
      #"[{"Id":"\#(id)","ReferenceId":1,"Definition":{"Id":"a","ID":"b"}}]"#,
      #"[{"Id":"\#(id)","ReferenceId":1,"x":[{"y":1,"y":1}]}]"#,
    ])
  func duplicateKeys(json: String) throws {
    let error = try #require(failure(json))
    #expect(error.exitStatus == .brokenData)
    #expect(error.row == 1)
  }

  @Test("Nesting is bounded")
  func depth() throws {
    let deep = String(repeating: "[", count: 100_000)
    let error = try #require(failure(#"[{"Id":"\#(Self.id)","ReferenceId":1,"x":\#(deep)"#))
    #expect(error.exitStatus == .brokenProtocol)
    #expect(error.description.contains("64"))
  }

  @Test("Half a surrogate pair costs neither the page nor the row")
  func loneSurrogate() throws {
    let page = try read(#"[{"Id":"\#(Self.id)","ReferenceId":1,"Title":"a\ud800b\ud83d\ude00"}]"#)
    let row = try #require(page.rows.first)
    #expect(text(row.title, page) == "a\u{FFFD}b\u{1F600}")
    #expect(row.hasLoneSurrogate)
  }

  @Test("A byte order mark is skipped and noted")
  func byteOrderMark() throws {
    #expect(try read("\u{FEFF}[]").hasByteOrderMark)
  }

  @Test("Unknown fields are ignored and counted")
  func unknownFields() throws {
    let page = try read(
      #"[{"Id":"\#(Self.id)","ReferenceId":1,"New":{"a":[1,2,{"b":null}]},"Definition":{"Owner":1}}]"#
    )
    #expect(page.unknownFields == [Name("New"): 1, Name("Definition.Owner"): 1])
    #expect(page.rows.first?.hasUnknownField == true)
  }

  @Test("An identity holds where its row lies")
  func identities() throws {
    let json = #"[ {"Id":"\#(Self.id)","ReferenceId":1,"StartDate":"2026-01-01T00:00:00Z"} ]"#
    let identity = try #require(try PageScan.rows(of: Array(json.utf8), page: "p").first)
    #expect(identity.range == 2..<json.utf8.count - 2)
    #expect(identity.start?.description == "2026-01-01T00:00:00.000Z")
  }

  /// A row between braces.
  private static func row(_ rest: String) -> String {
    #"{"Id":"\#(id)","ReferenceId":1\#(rest)}"#
  }

  @Test(
    "A row's bytes lie between and with its braces, and read as the same row",
    arguments: [
      ["[", row(""), "]"], [" [ ", row(" "), "\r\n]\n"], ["\u{FEFF}[", row(""), "]"],
      ["[", row(""), ",", row(#","Title":"}],[{""#), "\t,\n", row(#","Title":"\\\"}""#), "]"],
      ["[", row(#","x":{"y":[{}]},"Definition":{"Id":"}"}"#), " , ", row(""), "]"],
      ["[", row(#","Title":"ü💳\u007d\ud83d\ude00""#), ",", row(#","Title":"\ud800""#), "]"],
      [
        "[", row(#","Definition":{"Id":"a"},"CurrentStepId":"{\#(id.uppercased())}""#), ",",
        row(#","Definition":{"Id":"a"}"#), "]",
      ],
    ])
  func ranges(parts: [String]) throws {
    let rows = stride(from: 1, to: parts.count, by: 2).map { Array(parts[$0].utf8) }
    let bytes = Array(parts.joined().utf8)
    let page = try PageReader.read(bytes, page: "p")
    #expect(page.identities.map { Array(bytes[$0.range]) } == rows)
    var normaliser = Normaliser(settings: .init(window: nil, asOf: nil, statusMap: [:]))
    let batch = normaliser.normalise(page)
    for (instance, row) in zip(batch.instances, rows) {
      #expect(Array(batch.text[instance.received.range]) == row)
      let alone = normaliser.normalise(
        try PageReader.read(Array("[".utf8) + row + "]".utf8, page: "p"))
      let again = try #require(alone.instances.first)
      #expect(again.title.map(alone.string) == instance.title.map(batch.string))
      #expect(again.stepID.map(alone.string) == instance.stepID.map(batch.string))
      #expect(again.definition.id == instance.definition.id && again.quality == instance.quality)
    }
  }

  @Test("Cutting a page anywhere never yields rows")
  func truncation() {
    let json = Array(
      #"[{"Id":"\#(Self.id)","Status":"Failed","Definition":{"Version":3},"Title":"ü\u0041","ReferenceId":1}]"#
        .utf8)
    for end in json.indices { #expect(failure(Array(json[..<end])) != nil) }
    #expect(failure(json) == nil)
  }
}
