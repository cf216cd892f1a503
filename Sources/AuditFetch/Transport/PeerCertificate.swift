import NIOCore
import NIOSSL
import Synchronization

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
