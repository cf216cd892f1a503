import AuditModel

@testable import AuditReduce

extension [RowRule] {
  /// Rules of every kind, among them some that hold up to an age, from an age on, and between two.
  ///
  /// Made anew each time: the leak sanitizer does not find what a constant keeps of such an enumeration.
  static var sample: [RowRule] {
    [
      RowRule(
        id: "users", title: "Some users",
        condition: .text(.user, .isOne(of: [Name("corp\\alice"), Name("oauth-client")]))),
      RowRule(
        id: "old-failures", title: "Old failures",
        condition: .all([
          .text(.status, .isOne(of: [Name("Failed")])), .older(.start, than: 20 * Sample.day),
        ])),
      RowRule(
        id: "young", title: "Young ones",
        condition: .not(.older(.lastModified, than: 10 * Sample.day))),
      RowRule(
        id: "between", title: "Neither old nor young",
        condition: .any([
          .all([
            .older(.start, than: 5 * Sample.day),
            .not(.older(.lastModified, than: 15 * Sample.day)),
          ]), .number(.durationMilliseconds, .exceeds(3 * Sample.day)),
        ])),
      RowRule(
        id: "names", title: "Names",
        condition: .any([
          .text(.commonName, .contains(Name("st1"))), .not(.exists(.subject)),
          .number(.definitionVersion, .isOne(of: [2])),
        ])),
    ]
  }
}
