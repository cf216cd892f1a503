/// What is wrong with a page, and at which byte.
struct JSONFault: Error {
  enum Kind {
    /// The bytes are not JSON, or not an array of objects.
    case syntax
    /// The JSON is well formed, but a row says too little, or two things at once.
    case brokenRow
  }

  var kind: Kind = .syntax
  var message: String
  var byte: Int

  /// What is said of a key that an object has twice.
  static func twice(_ key: [UInt8]) -> String {
    "the key \(TerminalText.clean(String(decoding: key, as: UTF8.self), limit: 80)) stands twice"
  }
}
