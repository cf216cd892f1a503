import SafeZip
import TestSupport
import Testing

@Suite("Zip archives that somebody has forged")
struct HostileZipTests {
  /// A forged archive, and what its refusal must say.
  struct Forgery: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var zip: ForgedZip
    var reason: String

    init(_ name: String, _ entries: ForgedZip.Entry..., says reason: String) {
      self.init(name, ForgedZip(entries), says: reason)
    }

    init(_ name: String, _ zip: ForgedZip, says reason: String) {
      testDescription = name
      self.zip = zip
      self.reason = reason
    }

    /// One whose end is changed; of the place of the end, the change knows it.
    init(
      _ name: String, says reason: String,
      end: @escaping @Sendable (inout ForgedZip.End, Int) -> Void
    ) {
      var zip = ForgedZip([.init("a.txt")])
      zip.changeEnd = end
      self.init(name, zip, says: reason)
    }
  }

  private static let file = ForgedZip.Entry("a.txt")

  static let forgeries: [Forgery] = names + entries + ends

  private static let names: [Forgery] = [
    .init("an absolute path", .init("/etc/passwd"), says: "leads out"),
    .init("a path upwards", .init("pack/../../etc/passwd"), says: "leads out"),
    .init("only upwards", .init(".."), says: "leads out"),
    .init("a path upwards with backslashes", .init("pack\\..\\..\\x"), says: "leads out"),
    .init("a network path", .init("\\\\host\\share\\x"), says: "leads out"),
    .init("a drive", .init("C:\\Windows\\x"), says: "leads out"),
    .init("a drive without a slash", .init("c:x"), says: "leads out"),
    .init("an empty part", .init("pack//x"), says: "leads out"),
    .init("an empty name", .init(""), says: "empty"),
    .init("a file called a dot", .init("pack/."), says: "not the name of a file"),
    .init("a line break", .init("pack/x\ny"), says: "control characters"),
    .init("an escape", .init("pack/\u{1B}[2J"), says: "control characters"),
    .init("a C1 control", .init("pack/\u{9B}x"), says: "control characters"),
    .init("no UTF-8", file.with { $0.name = [0x70, 0x84] }, says: "not UTF-8"),
    .init(
      "no UTF-8 that claims to be", file.with { ($0.name, $0.flags) = ([0xC0, 0xAF], 0x800) },
      says: ""),
    .init("a name of 5,000 bytes", .init(String(repeating: "x", count: 5000)), says: "longer"),
    .init("one name twice", file, file, says: ""),
    .init("one name twice, spelt in two ways", .init("p/x"), .init("p\\x"), says: "twice"),
    .init("one name twice by a dot", .init("p/x"), .init("p/./x"), says: "twice"),
    .init("a file in a file", .init("p"), .init("p/x"), says: "lies in a file"),
    .init(
      "a name that its head has not", file.with { $0.localName = Array("b.txt".utf8) }, says: ""),
  ]

  private static let entries: [Forgery] = [
    .init("a symbolic link", file.with { $0.attributes = 0o120777 << 16 }, says: "is a link"),
    .init("a device", file.with { $0.attributes = 0o020666 << 16 }, says: "is a link"),
    .init("a pipe", file.with { $0.attributes = 0o010600 << 16 }, says: "is a link"),
    .init(
      "a link, made on a Mac", file.with { ($0.attributes, $0.system) = (0o120777 << 16, 19) },
      says: "is a link"),
    .init(
      "a mount point of Windows", file.with { ($0.attributes, $0.system) = (0x400, 0) },
      says: "is a link"),
    .init("a volume label", file.with { ($0.attributes, $0.system) = (8, 0) }, says: "is a link"),
    .init(
      "a folder called as a file", file.with { $0.attributes = 0o040755 << 16 }, says: "is a link"),
    .init(
      "a folder with content", ForgedZip.Entry("p/").with { $0.attributes = 0 }, says: "folder"),
    .init("PKWARE's encryption", file.with { $0.flags = 1 }, says: "encrypted"),
    .init("strong encryption", file.with { $0.flags = 0x41 }, says: "encrypted"),
    .init(
      "AES of WinZip",
      file.with { entry in
        entry.method = 99
        entry.flags = 1
        entry.extra = ForgedZip.words(0x9901, 2) + [7, 0, 2, 0, 0x41, 0x45, 3, 0, 0]
      }, says: ""),
    .init("bzip2", file.with { $0.method = 12 }, says: "method 12"),
    .init("LZMA", file.with { $0.method = 14 }, says: "method 14"),
    .init("zstd", file.with { $0.method = 93 }, says: "method 93"),
    .init("a method that nobody knows", file.with { $0.method = 4711 }, says: "method 4711"),
    .init(
      "content that lies in another's", .init("a", Array(repeating: 0x61, count: 100)),
      ForgedZip.Entry("b", []).with {
        ($0.offset, $0.size, $0.compressedSize) = (0, 100, 100)
      }, says: ""),
    .init("content beyond the end", file.with { $0.compressedSize = 5000 }, says: ""),
    .init(
      "a false Zip64 field",
      file.with {
        ($0.size, $0.extra) = (
          .max, ForgedZip.words(1, 2) + ForgedZip.words(8, 2) + Array(repeating: 0xFF, count: 8)
        )
      }, says: ""),
    .init("a Zip64 field that is missing", file.with { $0.size = .max }, says: ""),
    .init(
      "ten thousand times its size",
      ForgedZip.Entry("bomb").with { ($0.method, $0.size) = (8, 4_000_000_000) },
      says: "bytes in all files"),
  ]

  private static let ends: [Forgery] = [
    .init("a comment", says: "a comment") { end, _ in end.comment = Array("hello".utf8) },
    .init(
      "a comment with another end in it", says: "does not describe"
    ) { end, _ in end.comment = [0x50, 0x4B, 5, 6] + Array(repeating: 0, count: 18) },
    .init("parts", says: "parts") { end, _ in end.disk = 1 },
    .init("another number here", says: "parts") { end, _ in end.entriesHere = 2 },
    .init("too few entries", says: "") { end, _ in (end.entries, end.entriesHere) = (0, 0) },
    .init("too many entries", says: "does not describe") { end, _ in
      (end.entries, end.entriesHere) = (9, 9)
    },
    .init("a list elsewhere", says: "does not describe") { end, _ in end.offset -= 1 },
    .init("a list beyond the end", says: "does not describe") { end, _ in end.offset = .max },
    .init("a list of 4 GB", says: "bytes in its list") { end, _ in end.size = .max },
    .init("Zip64 with 2⁴⁰ entries", says: "entries") { end, place in
      end.large = ForgedZip.large(entries: 1 << 40, size: 51, offset: place - 51, recordAt: place)
      (end.entries, end.entriesHere) = (.max, .max)
    },
    .init("Zip64 that says something else", says: "does not describe") { end, place in
      end.large = ForgedZip.large(entries: 2, size: 51, offset: place - 51, recordAt: place)
    },
    .init("Zip64 with a list of 2⁶³ bytes", says: "bytes in its list") { end, place in
      end.large = ForgedZip.large(entries: 1, size: .max, offset: 0, recordAt: place)
      (end.size, end.offset) = (.max, .max)
    },
    .init("Zip64 with a list at −1", says: "does not describe") { end, place in
      end.large = ForgedZip.large(entries: 1, size: 51, offset: -1, recordAt: place)
      end.offset = .max
    },
    .init("a Zip64 record elsewhere", says: "does not describe") { end, place in
      end.large = ForgedZip.large(entries: 1, size: 51, offset: place - 51, recordAt: 0)
    },
    .init("a Zip64 record that is longer", says: "does not describe") { end, place in
      end.large = ForgedZip.large(
        entries: 1, size: 51, offset: place - 51, recordAt: place, length: 1 << 40)
    },
    .init("no entries", ForgedZip([]), says: "does not begin with an entry"),
  ]

  @Test("Each is refused when it is opened, with its reason", arguments: forgeries)
  func refused(forgery: Forgery) throws {
    let error = #expect(throws: ZipError.self) {
      _ = try ZipReader(MemoryZip(forgery.zip.bytes))
    }
    #expect("\(try #require(error))".contains(forgery.reason), "\(String(describing: error))")
  }

  @Test("What is wrong with the content is found when it is read")
  func content() throws {
    let entries: [ForgedZip.Entry] = [
      Self.file.with { $0.crc ^= 1 },
      Self.file.with { ($0.method, $0.data) = (8, [0x4B, 0x04, 0x00]) },
      Self.file.with { $0.method = 8 },
    ]
    for entry in entries {
      var entry = entry
      entry.compressedSize = UInt32(entry.data.count)
      var reader = try ZipReader(MemoryZip(ForgedZip([entry]).bytes))
      let file = reader.entries[0]
      #expect(throws: ZipError.self) { _ = try reader.content(of: file) }
    }
  }

  @Test("A sound one is read; other bytes before or after it, or a missing end, are not")
  func edges() throws {
    var zip = ForgedZip([Self.file, .init("p/b.txt", Array("other".utf8))])
    var reader = try ZipReader(MemoryZip(zip.bytes))
    let file = reader.entries[1]
    let content = try reader.content(of: file)
    #expect(content == Array("other".utf8))
    #expect(reader.entries.map(\.path) == ["a.txt", "p/b.txt"])
    let bytes = zip.bytes
    for count in 0..<bytes.count {
      #expect(throws: ZipError.self, "the first \(count) bytes") {
        _ = try ZipReader(MemoryZip(Array(bytes.prefix(count))))
      }
    }
    zip.leading = [0]
    #expect(throws: ZipError.self) { _ = try ZipReader(MemoryZip(zip.bytes)) }
    (zip.leading, zip.trailing) = ([], [0])
    #expect(throws: ZipError.self) { _ = try ZipReader(MemoryZip(zip.bytes)) }
  }

  @Test("A right Zip64 end, a comment of an entry, a dot in front and backslashes do no harm")
  func harmless() throws {
    var zip = ForgedZip([
      .init("./p\\a.txt"), ForgedZip.Entry("p/", []).with { $0.attributes = 0x10 },
      ForgedZip.Entry("p/B.txt").with { $0.comment = Array("hello".utf8) }, .init("p/b.txt"),
    ])
    zip.changeEnd = { end, place in
      end.large = ForgedZip.large(
        entries: 4, size: Int(end.size), offset: Int(end.offset), recordAt: place)
      (end.entries, end.entriesHere, end.offset) = (.max, .max, .max)
    }
    let reader = try ZipReader(MemoryZip(zip.bytes))
    #expect(reader.entries.map(\.path) == ["p/a.txt", "p", "p/B.txt", "p/b.txt"])
    #expect(reader.entries.map(\.isFolder) == [false, true, false, false])
  }

  @Test("More entries than the limit, or a longer list, are refused before libzip sees them")
  func limits() throws {
    var limits = ZipLimits()
    limits.entries = 2
    let three = ForgedZip([.init("a"), .init("b"), .init("c")]).bytes
    #expect(throws: ZipError.overLimit("2 entries")) {
      _ = try ZipReader(MemoryZip(three), limits: limits)
    }
    limits = ZipLimits()
    limits.directory = 100
    #expect(throws: ZipError.overLimit("100 bytes in its list of entries")) {
      _ = try ZipReader(MemoryZip(three), limits: limits)
    }
  }
}
