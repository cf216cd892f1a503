/// Why a page could not be read: what was found, on which page, at which byte, in which row and field.
public struct PageError: AuditFailure, Equatable {
  /// What is wrong.
  public enum Reason: Sendable, Equatable {
    /// The bytes are not JSON, or not the JSON that was promised.
    case notTheProtocol(String)
    /// The JSON is well formed, but a row breaks the contract.
    case brokenRow(String)
  }

  /// What is wrong.
  public var reason: Reason
  /// The page: a file's name or the request.
  public var page: String
  /// The offset of the first byte that does not fit.
  public var byte: Int
  /// The line of that byte, from 1; most servers write one line.
  public var line = 1
  /// The column of that byte in its line, in bytes from 1.
  public var column = 1
  /// The row, counted from 1; `nil` outside rows.
  public var row: Int?
  /// The field within the row.
  public var field: String?

  /// Makes an error.
  public init(reason: Reason, page: String, byte: Int, row: Int? = nil, field: String? = nil) {
    self.reason = reason
    self.page = page
    self.byte = byte
    self.row = row
    self.field = field
  }

  /// 76 for what is no page, 65 for a row that breaks the contract.
  public var exitStatus: ExitStatus {
    switch reason {
    case .notTheProtocol: .brokenProtocol
    case .brokenRow: .brokenData
    }
  }

  /// What was found, the place down to byte, row and field, and what to do.
  public var description: String {
    var place = "page \(page), byte \(byte), line:column \(line):\(column)"
    if let row { place += ", row \(row), $[\(row - 1)]\(field.map { "." + $0 } ?? "")" }
    switch reason {
    case .notTheProtocol(let what):
      return "\(what) (\(place)). A page must be a JSON array of workflow instances; "
        + "check that the address or the folder holds the answers of GET /Workflow/Instances."
    case .brokenRow(let what):
      return "\(what) (\(place)). The row breaks the API's contract, so no figure can rest on it; "
        + "keep the page and ask whoever runs the server."
    }
  }
}
