private import Dispatch
private import Foundation

/// The signals that ask the program to end, as values.
///
/// While this exists they no longer kill the process, but for the second one: whoever asks twice wants it at once.
final class Signals {
  /// The numbers of those that came; it ends for nobody but who no longer waits.
  let numbers: AsyncStream<Int32>
  private let sources: [any DispatchSourceSignal]

  /// Catches SIGINT, SIGTERM and SIGHUP from now on, but for those that whoever started the program had it ignore, as
  /// nohup does.
  init() async {
    let (numbers, continuation) = AsyncStream<Int32>.makeStream()
    self.numbers = numbers
    sources = [SIGINT, SIGTERM, SIGHUP].filter { !Self.isIgnored($0) }.map { number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        // With its default action back in place, the next one kills.
        signal(number, SIG_DFL)
        continuation.yield(number)
      }
      return source
    }
    for source in sources {
      await withCheckedContinuation { registered in
        source.setRegistrationHandler { registered.resume() }
        source.resume()
      }
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(number, nil, &action) == 0 else { return false }
    // SIG_IGN is no function but the number 1 in the place of one.
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  deinit {
    for source in sources { source.cancel() }
  }

  /// Waits for the first of them; `nil` when nobody waits any longer.
  func first() async -> Int32? {
    await numbers.first { _ in true }
  }
}
