import AuditFetch
import AuditModel
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Looks at the certificates of a server that failed verification, to say whether their dates are why.
///
/// The TLS library says only that verification failed, and "give your CA" is the wrong advice for a certificate that
/// has expired. The handshake made here always ends in refusal: nothing is trusted by it and nothing is sent.
struct CertificateInspection {
  let host: String
  let port: Int
  let now: Instant

  private static let limit = TimeAmount.seconds(10)

  /// The certificates shown during a handshake.
  private final class Shown: Sendable {
    private let certificates: Mutex<[NIOSSLCertificate]> = Mutex([])

    var all: [NIOSSLCertificate] { certificates.withLock { $0 } }

    func note(_ shown: [NIOSSLCertificate]) { certificates.withLock { $0 = shown } }
  }

  /// The date that a certificate of the server breaks; `nil` when none does, or when nothing could be learnt.
  func brokenDate() async -> TLSCheck? {
    let shown = Shown()
    do {
      try await refuseHandshake(showing: shown)
    } catch {
      // The first failure counts; this one only leaves it without a detail.
    }
    for certificate in shown.all {
      let end = Self.instant(certificate.notValidAfter)
      if end < now { return .expired(end) }
      let start = Self.instant(certificate.notValidBefore)
      if start > now { return .notYetValid(start) }
    }
    return nil
  }

  private func refuseHandshake(showing shown: Shown) async throws {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    tls.trustRoots = .certificates([])
    let context = try NIOSSLContext(configuration: tls)
    let name = isAddress ? nil : host
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .connectTimeout(Self.limit)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            NIOSSLClientHandler(
              context: context, serverHostname: name,
              customVerificationCallback: { certificates, verdict in
                shown.note(certificates)
                verdict.succeed(.failed)
              }))
        }
      }
      .connect(host: host, port: port).get()
    let end = channel.eventLoop.scheduleTask(in: Self.limit) { channel.close(promise: nil) }
    defer { end.cancel() }
    try await withTaskCancellationHandler {
      try await channel.closeFuture.get()
    } onCancel: {
      channel.close(promise: nil)
    }
  }

  /// Whether the host is an address, which has no place in a server name indication.
  private var isAddress: Bool {
    host.holds(":") || host.utf8.allSatisfy { ".0123456789".utf8.contains($0) }
  }

  private static func instant(_ seconds: Int) -> Instant {
    Instant(milliseconds: Int64(seconds) * 1000)
  }
}

/// The certificate that a server last showed.
final class PeerCertificate: Sendable {
  private let bytes: Mutex<[UInt8]?> = Mutex(nil)

  /// The certificate in DER; `nil` before the first connection, and without TLS.
  var der: [UInt8]? { bytes.withLock { $0 } }

  /// Notes the certificate of a connection that has just been made.
  @Sendable func note(_ channel: any Channel) -> EventLoopFuture<Void> {
    channel.nioSSL_peerCertificate()
      .flatMapThrowing { certificate in
        let der = try certificate?.toDERBytes()
        self.bytes.withLock { $0 = der }
      }
      .recover { _ in
        // A connection without TLS has no certificate to note.
      }
  }
}
