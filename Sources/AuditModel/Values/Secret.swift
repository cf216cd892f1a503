/// A credential: it can be used, but not printed, encoded or interpolated by accident.
public struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let value: String

  /// Keeps a secret.
  public init(_ value: String) {
    self.value = value
  }

  /// The secret itself, for the one place that sends it.
  public func reveal() -> String { value }

  /// `(redacted)`, whatever it holds.
  public var description: String { "(redacted)" }
  /// `(redacted)`, whatever it holds.
  public var debugDescription: String { "(redacted)" }
  /// No children: `dump` and test failures print what a mirror shows.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
