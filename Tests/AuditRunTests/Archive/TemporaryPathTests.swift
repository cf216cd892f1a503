import AuditModel
import Foundation
import Testing

@testable import AuditFiles

@Suite("Unfinished output")
struct TemporaryPathTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("A folder gets its name with all that is in it, or is gone with its value")
  func folders() throws {
    do {
      let dropped = try TemporaryPath.folder(in: folder.path)
      try Data([1]).write(to: URL(filePath: "\(dropped.path)/file"))
      #expect(try folder.names().allSatisfy { $0.hasPrefix(TemporaryPath.prefix) })
    }
    #expect(try folder.names().isEmpty)
    let kept = try TemporaryPath.folder(in: folder.path)
    try Data([1]).write(to: URL(filePath: "\(kept.path)/file"))
    try kept.publish(as: folder("name"))
    kept.discard()
    #expect(try folder.names() == ["name"])
    #expect(try folder.read("name/file") == [1])
  }

  @Test("Nothing that is there is replaced but a file by a file")
  func replaced() throws {
    try folder.write("old", to: "file")
    try ResultFile.write(Array("new".utf8), to: folder("file"))
    #expect(try folder.read("file") == Array("new".utf8))
    #expect(try folder.mode(of: "file") == 0o600)
    try folder.makeFolder("full/of")
    #expect(throws: ArchiveError.self) {
      try TemporaryPath.folder(in: folder.path).publish(as: folder("full"))
    }
    #expect(throws: ArchiveError.self) { try ResultFile.write([], to: folder("full")) }
    #expect(try folder.names() == ["file", "full"])
  }

  @Test("A file that is to be kept is, and a program may be run by its owner")
  func kept() throws {
    try folder.write("old", to: "file")
    for name in ["file", "new"] {
      let place = folder(name)
      let made = try TemporaryPath.file(for: place, Array("new".utf8), isExecutable: true)
      if name == "new" {
        try made.publish(as: place, keepingFile: true)
      } else {
        #expect(throws: ArchiveError.alreadyThere(path: place)) {
          try made.publish(as: place, keepingFile: true)
        }
      }
      made.discard()
    }
    #expect(try folder.names() == ["file", "new"])
    #expect(try folder.read("file") == Array("old".utf8))
    #expect(try folder.mode(of: "new") == 0o700)
  }

  @Test("An error shows the place that a file was to have")
  func errors() throws {
    let error = #expect(throws: ArchiveError.self) {
      try ResultFile.write([], to: folder("missing/file"))
    }
    #expect(
      error?.description.hasPrefix("\(folder("missing/file")) could not be created: ") == true)
  }

  @Test("A name that is taken, as by a run of the same number, is passed over")
  func taken() throws {
    let first = try TemporaryPath.folder(in: folder.path)
    let second = try TemporaryPath.folder(in: folder.path)
    #expect(second.path == "\(first.path)-2")
  }

  @Test("A folder for temporary files is gone with its value")
  func scratch() throws {
    let path: String
    do {
      let scratch = try TemporaryPath.scratchFolder()
      path = scratch.path
      #expect(FileManager.default.fileExists(atPath: path))
      withExtendedLifetime(scratch) {}
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("A new folder comes as a whole, and into one that is there each file comes by itself")
  func outputFolder() throws {
    for (round, text) in ["one", "two"].enumerated() {
      let output = try OutputFolder(at: folder("deep/er/out/"))
      #expect(output.isTaken == (round == 1))
      let files = try output.begin()
      try files.write(Array(text.utf8), to: "tables/a.csv", mediaType: "text/csv")
      if round == 0 { #expect(try folder.names(in: "deep/er").count == 1) }
      try output.publish(files)
      files.discard()
      #expect(try folder.names(in: "deep/er") == ["out"])
      #expect(
        try folder.names(in: "deep/er/out") == (round == 0 ? ["tables"] : ["mine", "tables"]))
      #expect(try folder.read("deep/er/out/tables/a.csv") == Array(text.utf8))
      try folder.write("kept", to: "deep/er/out/mine")
    }
  }

  @Test("An empty folder may be replaced as a whole, one with files is taken")
  func whole() throws {
    try folder.makeFolder("out")
    let output = try OutputFolder(at: folder("out"), asWhole: true)
    #expect(!output.isTaken)
    let files = try output.begin()
    try files.write([1], to: "a", mediaType: "x/y")
    #expect(try folder.names(in: "out").isEmpty)
    try output.publish(files)
    #expect(try folder.names(in: "out") == ["a"])
    #expect(try OutputFolder(at: folder("out"), asWhole: true).isTaken)
    #expect(try OutputFolder(at: folder("out/a"), asWhole: true).isTaken)
  }
}
