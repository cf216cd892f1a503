/// A standard's controls, as a file beside the policy lists them.
public struct ControlFramework: Sendable, Equatable {
  /// A control of it.
  public struct Control: Sendable, Equatable {
    /// Its id in the standard.
    public var id: String
    /// What it asks, in the file's own words.
    public var title: String
    /// The part of it that the data cannot show; `nil` where the file says nothing.
    public var cannotShow: String?

    /// Describes a control.
    public init(id: String, title: String, cannotShow: String? = nil) {
      self.id = id
      self.title = title
      self.cannotShow = cannotShow
    }
  }

  /// Its id, as checks write it before the slash.
  public var id: String
  /// What it is called.
  public var title: String
  /// The address where the standard is published.
  public var source: String
  /// Its controls, in the file's order.
  public var controls: [Control]

  /// Describes a framework.
  public init(id: String, title: String, source: String, controls: [Control]) {
    self.id = id
    self.title = title
    self.source = source
    self.controls = controls
  }
}
