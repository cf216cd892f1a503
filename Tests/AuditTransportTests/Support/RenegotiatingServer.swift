import Foundation
import TestSupport
import Testing

/// openssl's own server, which asks for the client's certificate by a second handshake once a request has come.
///
/// IIS does so for a path that requires a certificate. It serves one connection.
struct RenegotiatingServer {
  private let process: Process
  /// The port it listens on.
  let port: Int

  /// `R` asks; the answer follows when the certificate was read, so that without one there is none.
  private static let script = """
    coproc S {
      exec timeout 60 openssl s_server -accept 127.0.0.1:0 -naccept 1 -tls1_2 -no_cache -no_ticket -state \
        -cert server.pem -key server.key -CAfile ca.pem 2>&1
    }
    while IFS= read -r line <&"${S[0]}"; do
      case $line in
        "ACCEPT "*) echo "${line##*:}" ;;
        GET*) echo R >&"${S[1]}" ;;
        *"read client certificate") printf 'HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\n[]\\n' >&"${S[1]}" ;;
      esac
    done
    """

  init(in folder: URL) async throws {
    let output = Pipe()
    process = try TestProcess(shell: Self.script, in: folder.path).start(
      output: output, errors: Pipe())
    port = try #require(Int(try await TestProcess.line(from: output)))
  }

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }
}
