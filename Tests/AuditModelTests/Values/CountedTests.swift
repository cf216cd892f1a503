import AuditModel
import Testing

@Suite("Counted things in words")
struct CountedTests {
  @Test(
    "read well for none, one, two and many",
    arguments: [
      (0, "no request", "No request", "0 requests", "No request", "is"),
      (1, "1 request", "1 request", "1 request", "The only request", "is"),
      (2, "2 requests", "2 requests", "2 requests", "Both requests", "are"),
      (1234, "1,234 requests", "1,234 requests", "1,234 requests", "All 1,234 requests", "are"),
    ])
  func words(
    number: Int, phrase: String, start: String, figure: String, all: String, verb: String
  ) {
    let counted = Counted(number, "request")
    #expect(counted.phrase == phrase && counted.start == start)
    #expect(counted.figure == figure && counted.all == all && counted.verb == verb)
  }

  @Test("have the plural that is given")
  func plural() {
    #expect(Counted(2, "category", plural: "categories").phrase == "2 categories")
  }

  @Test(
    "are listed with commas and one and",
    arguments: [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
  func list(parts: [String], words: String) {
    #expect(parts.enumeration == words)
    #expect(parts.map { Sentence([.words($0)]) }.enumeration.plain == words)
  }
}
