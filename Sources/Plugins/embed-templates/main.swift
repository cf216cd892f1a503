import Foundation

// Writes the files named by the arguments after the first as string literals into the first.
let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first else {
  FileHandle.standardError.write(Data("usage: embed-templates OUTPUT FILE...\n".utf8))
  exit(64)
}
var source = """
  /// The files of Templates/ as they were when this binary was built, by name.
  let builtInTemplateFiles: [(name: String, content: StaticString)] = [

  """
for path in arguments.dropFirst() {
  let text = try String(contentsOfFile: path, encoding: .utf8)
  let name = URL(fileURLWithPath: path).lastPathComponent
  source += "  (\"\(name)\", ####\"\"\"\n\(text)\n\"\"\"####),\n"
}
source += "]\n"
try Data(source.utf8).write(to: URL(fileURLWithPath: output))
