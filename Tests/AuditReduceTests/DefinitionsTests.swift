import AuditModel
import Testing

@testable import AuditReduce

@Suite("definitions")
struct DefinitionsTests {
  @Test("Each version has its first and its last usable start")
  func starts() throws {
    let samples = [
      Sample(1) { $0.starts(at: 5000) }, Sample(2) { $0.starts(at: 1000) },
      Sample(3) {
        $0.starts(at: 0)
        $0.lastModified = nil
      },
      Sample(4) { $0.version = 2 },
    ].map { sample in
      var sample = sample
      if sample.lastModified != nil { sample.lasts(0) }
      return sample
    }
    let rows = try SectionReader("definitions", samples).rows(
      "versions", "definitionVersion", "instances", "firstStart", "lastStart")
    let at = { (offset: Int64) in Cell.instant(Instant(milliseconds: Sample.origin + offset)) }
    #expect(
      rows == [
        [.identifier(1), .count(3), at(1000), at(5000)], [.identifier(2), .count(1), at(0), at(0)],
      ])
  }

  @Test("New is what the compared pack has not seen; without one nobody knows")
  func new() throws {
    var reduction = Reduction.withEverything
    reduction.earlier = .october(
      "september", versions: [.init(id: Name("d1"), version: 1)])
    let samples = [Sample(1), Sample(2) { $0.version = 2 }]
    let reader = try SectionReader("definitions", samples, reduction)
    #expect(try reader.rows("versions", "isNew") == [[.flag(false)], [.flag(true)]])
    #expect(try reader.figure("new") == .count(1))
    #expect(try reader.figure("comparedWith") == .text("september"))
    reduction.earlier = nil
    let alone = try SectionReader("definitions", samples, reduction)
    #expect(try alone.rows("versions", "isNew") == [[.missing(.none)], [.missing(.none)]])
    #expect(try alone.figure("new") == .missing(.none))
  }
}
