import AuditModel
import Foundation
import SafeGzip
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditRun

@Suite("Page folder")
struct PageFolderTests {
  private static func compressed(_ text: String) throws -> Data {
    var compressor = try GzipCompressor()
    return Data(compressor.compress(Array(text.utf8)))
  }

  @Test("Pages come in name order by bytes; other files and folders are not pages")
  func order() throws {
    let folder = try TemporaryFolder()
    for name in [
      "b.json", "a10.json", "a2.json", "Z.json.gz", "ä.json", ".json.swp", "c.JSON",
      ".x.json",
    ] {
      try folder.write("[]", to: name)
    }
    try folder.makeFolder("deep")
    try folder.write("[]", to: "deep/x.json")
    let pages = try PageFolder(at: folder.path)
    #expect(pages.names == ["Z.json.gz", "a10.json", "a2.json", "b.json", "ä.json"])
    #expect(pages.skipped == [".json.swp", ".x.json", "c.JSON", "deep"])
    #expect(
      pages.skippedSentence?.hasPrefix(
        "4 names in the folder of pages were skipped: .json.swp, .x.json, c.JSON, deep. Only ")
        == true)
  }

  @Test("What is skipped is listed without what a terminal obeys, and only the first of many")
  func skipped() throws {
    let folder = try TemporaryFolder()
    try folder.write("[]", to: "a.json")
    #expect(try PageFolder(at: folder.path).skippedSentence == nil)
    try folder.write("[]", to: "\u{1B}[2J.JSON")
    let one = try PageFolder(at: folder.path).skippedSentence
    #expect(one?.hasPrefix(#"1 name in the folder of pages was skipped: \u{1B}[2J.JSON. "#) == true)
    for number in 10..<30 { try folder.write("", to: "\(number).txt") }
    try folder.write("", to: String(repeating: "x", count: 200))
    let many = try #require(try PageFolder(at: folder.path).skippedSentence)
    #expect(many.hasPrefix("22 names ") && many.contains(", 18.txt and 12 more. Only "))
    #expect(many.utf8.count < 600)
  }

  @Test("A page whose name is not UTF-8 is refused, and other names may be as they like")
  func undecodable() async throws {
    let folder = try TemporaryFolder()
    try folder.write("[]", to: "1.json")
    let make = { (name: String) in
      _ = try await TestProcess(shell: #"printf '[]' >$'\#(name)'"#, in: folder.path).succeed()
    }
    try await make(#"caf\xe9.txt"#)
    #expect(try PageFolder(at: folder.path).names == ["1.json"])
    try await make(#"caf\xe9.json"#)
    let error = #expect(
      throws: ArchiveError.undecodableName(folder: folder.path, name: "caf\u{FFFD}.json")
    ) { try PageFolder(at: folder.path) }
    #expect(error?.exitStatus == .missingInput)
  }

  @Test("The path of a folder whose name is not UTF-8 is a fault, and not another path")
  func realPath() async throws {
    let folder = try TemporaryFolder()
    try await TestProcess(
      shell: #"mkdir $'caf\xe9' && ln -s $'caf\xe9' link"#, in: folder.path
    ).succeed()
    let fault = #expect(throws: SystemError.self) {
      try FileSystem.realPath(of: folder("link")) { $1 }
    }
    #expect(fault?.description.hasPrefix("EILSEQ ") == true)
  }

  @Test("A file is no folder of pages, and the answer is that of a missing input")
  func file() throws {
    let folder = try TemporaryFolder()
    try folder.write("[]", to: "1.json")
    let error = #expect(throws: ArchiveError.pagesNotAFolder(path: folder("1.json"))) {
      try PageFolder(at: folder("1.json"))
    }
    #expect(error?.exitStatus == .missingInput)
  }

  private func body(of name: String, in pages: PageFolder) throws -> [UInt8] {
    let path = pages.path(of: name)
    return try PageFolder.body(at: path, stored: StoredFile.read(path))
  }

  @Test("A body is decompressed by its name")
  func body() throws {
    let folder = try TemporaryFolder()
    try folder.write("[1]", to: "1.json")
    try Self.compressed("[2]").write(to: URL(filePath: folder("2.json.gz")))
    try folder.write("", to: "3.json")
    let pages = try PageFolder(at: folder.path)
    let bodies = try pages.names.map {
      String(decoding: try body(of: $0, in: pages), as: UTF8.self)
    }
    #expect(bodies == ["[1]", "[2]", ""])
  }

  @Test("A missing folder and one without pages are missing input, with a hint")
  func missing() throws {
    let folder = try TemporaryFolder()
    #expect(throws: ArchiveError.missing(path: folder("none"))) {
      try PageFolder(at: folder("none"))
    }
    try folder.write("", to: "readme.txt")
    let error = #expect(throws: ArchiveError.self) { try PageFolder(at: folder.path) }
    #expect(error?.exitStatus == .missingInput)
    #expect(error?.description.contains("contains no saved response. ") == true)
    #expect(
      error?.description.contains("was skipped: readme.txt. Only files called *.json") == true)
  }

  @Test("A link, a folder or a FIFO that is called a page is refused rather than skipped")
  func notAFile() async throws {
    for kind in ["ln -s 1.json", "mkdir", "mkfifo"] {
      let folder = try TemporaryFolder()
      try folder.write("[]", to: "1.json")
      try await TestProcess(shell: "\(kind) 2.json", in: folder.path).succeed()
      let error = #expect(throws: ArchiveError.notAFile(path: folder("2.json"))) {
        try PageFolder(at: folder.path)
      }
      #expect(error?.exitStatus == .missingInput)
    }
  }

  @Test("A damaged page is broken data, with its name and the reason")
  func damaged() throws {
    let folder = try TemporaryFolder()
    try Self.compressed("[2]").dropLast().write(to: URL(filePath: folder("2.json.gz")))
    let pages = try PageFolder(at: folder.path)
    let error = #expect(throws: ArchiveError.self) { try body(of: "2.json.gz", in: pages) }
    #expect(error?.exitStatus == .brokenData)
    #expect(error?.description.contains("2.json.gz") == true)
  }

  @Test("A page that vanished after the listing is named")
  func vanished() throws {
    let folder = try TemporaryFolder()
    try folder.write("[]", to: "1.json")
    let pages = try PageFolder(at: folder.path)
    try FileManager.default.removeItem(atPath: folder("1.json"))
    #expect(throws: ArchiveError.missing(path: folder("1.json"))) {
      try body(of: "1.json", in: pages)
    }
  }
}
