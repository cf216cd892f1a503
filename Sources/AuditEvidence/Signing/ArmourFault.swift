/// Why a text in armour cannot be read.
enum ArmourFault: Error, Equatable, CustomStringConvertible {
  /// A block has a beginning without an end.
  case unfinished(String)
  /// A block has an end without its beginning.
  case unbegun(String)
  /// A block has headers before its content.
  case headers(String)
  /// A block's content is not Base64.
  case notBase64(String)

  var description: String {
    switch self {
    case .unfinished(let label): "-----BEGIN \(label)----- has no end"
    case .unbegun(let label): "-----END \(label)----- has no beginning"
    case .headers(let label): "the block \(label) has headers"
    case .notBase64(let label): "what stands in the block \(label) is not Base64"
    }
  }
}
