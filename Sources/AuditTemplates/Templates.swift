/// The report template that ships inside the binary.
package enum Templates {
  /// The built-in files, by name, in name order.
  package static var builtIn: [(name: String, content: String)] {
    builtInTemplateFiles.map { ($0.name, $0.content.description) }
  }
}
