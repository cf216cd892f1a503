/// The files that ship inside the binary.
package enum Templates {
  /// The templates of the report, by name, in name order.
  package static var builtIn: [(name: String, content: String)] {
    builtInTemplateFiles.map { ($0.name, $0.content.description) }
  }

  /// What a new installation starts from: settings, a policy, a nightly job; by name.
  package static var starters: [(name: String, content: String)] {
    starterFiles.map { ($0.name, $0.content.description) }
  }
}
