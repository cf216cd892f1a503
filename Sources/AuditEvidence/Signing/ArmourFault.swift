/// Why a text in armour cannot be read.
enum ArmourFault: Error, Equatable, CustomStringConvertible {
  /// A block has a beginning without an end.
  case unfinished(Armour.Label)
  /// A block has an end without its beginning.
  case unbegun(Armour.Label)
  /// A block has headers before its content.
  case headers(Armour.Label)
  /// A block's content is not Base64.
  case notBase64(Armour.Label)
  /// A block's first or last line goes on after its label.
  case flat(Armour.Label)

  var description: String {
    switch self {
    case .unfinished(let label): "the \(label.rawValue) in it has no end"
    case .unbegun(let label): "a \(label.rawValue) ends in it without its beginning"
    case .headers(let label): "the \(label.rawValue) in it has headers"
    case .notBase64(let label): "the content of the \(label.rawValue) in it is not Base64"
    case .flat(let label):
      "the \(label.rawValue) in it has lost its line ends: the lines with BEGIN and END must stand alone"
    }
  }
}
