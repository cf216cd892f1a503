/// What was said: the options of `kfaudit run` as the user wrote them, checked by nobody yet.
///
/// ``AuditPlan/init(resolving:in:knownMetrics:)`` turns them into what will be done.
public struct AuditOptions: Sendable, Equatable {
  /// `--from`: the first instant or day of the window.
  public var from: String?
  /// `--to`: the first instant or day after the window.
  public var to: String?
  /// `--period`: the window by name, instead.
  public var period: String?
  /// `--time-zone`: an IANA name.
  public var timeZone: String?
  /// `--server`: the address of the API.
  public var server: String?
  /// `--pages`: a folder of saved pages, instead of a server.
  public var pages: String?
  /// `--link-pages`: hard-link saved pages rather than copy them.
  public var linkPages = false
  /// `--sandbox`: the embedded stand-in server, instead of a real one.
  public var sandbox = false
  /// `--sandbox-instances`: how many instances the sandbox holds.
  public var sandboxInstances: String?
  /// `--sandbox-seed`: what its data is drawn from.
  public var sandboxSeed: String?
  /// `--sandbox-hostile`: the percentage of hostile names.
  public var sandboxHostile: String?
  /// `--out`: the archive.
  public var out: String?
  /// `--format`: a comma-separated list.
  public var format: String?
  /// `--metrics`: a comma-separated list.
  public var metrics: String?
  /// `--template`: a folder of templates.
  public var template: String?
  /// `--config`: the configuration file.
  public var config: String?
  /// `--as-of`: the frozen instant.
  public var asOf: String?
  /// `--page-size`: how many instances a request asks for.
  public var pageSize: String?
  /// `--ca-file`: certificates to trust, in PEM.
  public var caFile: String?
  /// `--client-cert`: the client's certificate chain, in PEM.
  public var clientCertificate: String?
  /// `--client-key`: the key of the client's certificate, in PEM.
  public var clientKey: String?
  /// `--proxy`: an HTTP proxy.
  public var proxy: String?
  /// `--previous`: the earlier pack to compare with.
  public var previous: String?
  /// `--assurance`: `proved` or `counted`.
  public var assurance: String?
  /// `--concurrency`: how many requests may be under way at the same time.
  public var concurrency: String?
  /// `--deadline`: how long the fetch may take.
  public var deadline: String?
  /// `--keep-partial`: what was read before a fetch failed is kept.
  public var keepPartial = false
  /// `--accept-unproved`: an unproved population is no failure.
  public var acceptUnproved = false
  /// `--excel`: a byte order mark before CSV.
  public var excel = false
  /// `--policy`: gates and exceptions.
  public var policy: String?
  /// `--allow-shared`: others than this user may be able to write to the archive.
  public var allowShared = false
  /// `--restart-chain`: begin a new chain of packs.
  public var restartChain = false
  /// `--force`: publish after a pack that is not what was published.
  public var force = false
  /// `--sign-key`: the key that signs the pack.
  public var signKey: String?
  /// `--sign-cert`: its certificate, in PEM.
  public var signCertificate: String?
  /// `--sign-command`: instead, a shell command that signs what it reads.
  public var signCommand: String?
  /// `--timestamp-url`: an RFC 3161 authority.
  public var timestampURL: String?
  /// `--allow-open-window`: the window may still be filling.
  public var allowOpenWindow = false

  /// Says nothing.
  public init() {}
}
