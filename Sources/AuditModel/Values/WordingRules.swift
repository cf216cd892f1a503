/// How a site's own wordings are read: what the configuration has before the rules of ``NormalisationRules``.
public struct WordingRules: Sendable, Hashable {
  /// A phrase in titles and the action it means: what stands before it is the user, what follows the subject.
  public struct Title: Sendable, Hashable {
    /// The phrase; not empty.
    public var phrase: Name
    /// What is asked for.
    public var action: Action

    /// Makes a rule.
    public init(phrase: Name, action: Action) {
      self.phrase = phrase
      self.action = action
    }
  }

  /// A text in the messages of Failed instances, and the class that it means.
  public struct Failure: Sendable, Hashable {
    /// The name of the class.
    public var name: Name
    /// The text, compared without regard to ASCII case and to the shape of quotes; not empty.
    public var text: Name
    /// Whether the message must begin with it.
    public var isPrefix: Bool

    /// Makes a rule.
    public init(name: Name, text: Name, isPrefix: Bool) {
      self.name = name
      self.text = text
      self.isPrefix = isPrefix
    }
  }

  /// The rules of titles; of those whose phrases begin at one place in a title, the first counts.
  public var titles: [Title] = []
  /// The rules of messages; the first that fits counts.
  public var failures: [Failure] = []

  /// No rules.
  public init() {}
}
