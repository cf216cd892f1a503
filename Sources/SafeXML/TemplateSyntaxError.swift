/// A template that cannot be used, with the place: `report.html:2:15: …`.
public struct TemplateSyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The template's name.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column, from 1; `nil` where only the line is known.
  public var column: Int?
  /// What is wrong, and what to write instead.
  public var message: String

  /// Makes an error.
  public init(file: String, line: Int, column: Int?, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// `report.html:2:15: …`.
  public var description: String {
    "\(file):\(line):" + (column.map { "\($0):" } ?? "") + " \(message)"
  }
}
