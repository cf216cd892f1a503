/// What a report says of the pack around it: what it was made with, when the server answered, what it follows, who
/// signs it.
public struct PackDocument: Encodable, Sendable, Equatable {
  /// A file that the run was given.
  public struct Input: Encodable, Sendable, Equatable {
    /// `configuration`, `policy`, `decisions`, or `framework` with its id.
    public var name: String
    /// SHA-256 of the file, lower-case hexadecimal.
    public var sha256: String

    /// Names a file.
    public init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// The time over which a server answered, by its own clock.
  public struct Responses: Encodable, Sendable, Equatable {
    /// The date of the first response, RFC 3339 UTC.
    public var first: String
    /// The date of the last response, RFC 3339 UTC.
    public var last: String

    /// Names the first and the last instant.
    public init(first: String, last: String) {
      self.first = first
      self.last = last
    }
  }

  /// The pack before this one.
  public struct Previous: Encodable, Sendable, Equatable {
    /// Its folder's name within the archive.
    public var path: String
    /// SHA-256 of its manifest.json, lower-case hexadecimal.
    public var manifestSha256: String

    /// Names a pack.
    public init(path: String, manifestSha256: String) {
      self.path = path
      self.manifestSha256 = manifestSha256
    }
  }

  /// Who signs the pack, as manifest.json has it in full.
  public struct Signer: Encodable, Sendable, Equatable {
    /// `cms` or `ssh`.
    public var kind: String
    /// The subject of the certificate, or the fingerprint of the key.
    public var name: String

    /// Names a signer.
    public init(kind: String, name: String) {
      self.kind = kind
      self.name = name
    }
  }

  /// The files that the run was given.
  public var inputs: [Input]
  /// When the server answered; `null` for saved pages.
  @ExplicitNull public var responses: Responses?
  /// The pack before this one; `null` when there is none.
  @ExplicitNull public var previous: Previous?
  /// Who signs; `null` when nobody does.
  @ExplicitNull public var signer: Signer?

  /// Describes a pack.
  public init(
    inputs: [Input] = [], responses: Responses? = nil, previous: Previous? = nil,
    signer: Signer? = nil
  ) {
    self.inputs = inputs
    self.responses = responses
    self.previous = previous
    self.signer = signer
  }
}
