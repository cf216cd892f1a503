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

  public var description: String { "(redacted)" }
  public var debugDescription: String { "(redacted)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
