import AuditModel
import Testing

@testable import AuditReduce

@Suite("Places of shared objects")
struct PlacesTests {
  @Test(
    "An object has the place it was given, and a new one has none, though nobody else keeps them")
  func places() {
    var places = Places<User>()
    var users: [User] = []
    for number in 0..<10_000 {
      let user = User(named: Name("user\(number)"))
      #expect(places[ObjectIdentifier(user)] == nil)
      places.enter(user, at: number / 3)
      if number % 7 == 0 { users.append(user) }
    }
    #expect(
      users.map { places[ObjectIdentifier($0)] }
        == stride(from: 0, to: 10_000, by: 7).map { $0 / 3 })
  }

  @Test("Names of one key have one number, and one hash in every list")
  func numberedNames() {
    let spellings = [#"A\anna"#, #"a\Anna"#, "bob@example", #"A\ANNA"#].map {
      User(named: Name($0))
    }
    var names = NumberedNames<User>()
    let numbers = spellings.map { user in
      names.known(ObjectIdentifier(user)) ?? names.number(of: user, named: user.key)
    }
    #expect(numbers == [0, 0, 1, 0])
    var others = NumberedNames<User>()
    #expect(others.number(of: spellings[2].key) == 0)
    #expect(others[0] == names[1])
    #expect(names[0] != names[1])
  }

  @Test("Versions of a definition are counted in one group, whoever counted them")
  func groups() {
    func version(_ number: Int64) -> Definition {
      Definition(id: Name("id"), name: Name("Name"), version: number, workflowType: Name("Type"))
    }
    var parts = (0..<2).map { _ in DefinitionGroups<TypedDefinition, Int>() }
    for (part, versions) in [[1, 2, 1], [3] as [Int64]].enumerated() {
      for definition in versions.map({ version($0) }) {
        let place = parts[part].place(of: definition, key: { TypedDefinition($0) }, new: 0)
        parts[part].values[place] += 1
      }
    }
    parts[0].merge(parts[1]) { $0 += $1 }
    #expect(parts[0].values == [4])
    #expect(parts[0][TypedDefinition(version(9))] == 4)
  }
}
