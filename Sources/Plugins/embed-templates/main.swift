import Foundation

// Writes the files named by the arguments after the second as string literals into the first, as an array of that name.
func stop(_ message: String, status: Int32) -> Never {
  FileHandle.standardError.write(Data("embed-templates: \(message)\n".utf8))
  exit(status)
}

/// A raw string literal with more number signs than the text has anywhere in a row, so that nothing in the text
/// ends it or is taken for an escape.
func literal(_ text: String, multiline: Bool) -> String {
  let longest = text.split(whereSeparator: { $0 != "#" }).map(\.count).max() ?? 0
  let fence = String(repeating: "#", count: longest + 1)
  return multiline
    ? "\(fence)\"\"\"\n\(text)\n\"\"\"\(fence)" : "\(fence)\"\(text)\"\(fence)"
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 2, let output = arguments.first else {
  stop("usage: embed-templates OUTPUT NAME FILE...", status: 64)
}
var source = """
  /// Files as they were when this binary was built, by name.
  let \(arguments[2]): [(name: String, content: StaticString)] = [

  """
for path in arguments.dropFirst(2) {
  let data = try Data(contentsOf: URL(fileURLWithPath: path))
  guard let text = String(validating: data, as: UTF8.self) else {
    stop("\(path) is not UTF-8.", status: 65)
  }
  guard !data.contains(0x0D), !data.contains(0) else {
    stop("\(path) has carriage returns or NUL, which a literal would not keep.", status: 65)
  }
  let name = URL(fileURLWithPath: path).lastPathComponent
  source += "  (\(literal(name, multiline: false)), \(literal(text, multiline: true))),\n"
}
source += "]\n"
try Data(source.utf8).write(to: URL(fileURLWithPath: output))
