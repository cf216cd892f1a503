/// Why an exchange was ended from this side.
enum ExchangeFault: Error, Equatable {
  /// A limit was broken, in words.
  case tookTooLong(String)
  case headTooLarge
  case bodyTooLarge
  case truncated(received: Int, of: Int)
}
