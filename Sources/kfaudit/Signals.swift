private import Dispatch
private import Foundation

/// The signals that ask the program to end, as values.
///
/// While this exists they no longer kill the process, but for the second one: whoever asks twice wants it at once.
final class Signals {
  private let numbers: AsyncStream<Int32>
  private let sources: [any DispatchSourceSignal]

  /// Catches SIGINT and SIGTERM from now on.
  init() async {
    let (numbers, continuation) = AsyncStream<Int32>.makeStream()
    self.numbers = numbers
    sources = [SIGINT, SIGTERM].map { number in
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

  deinit {
    for source in sources { source.cancel() }
  }

  /// Waits for the first of them; `nil` when nobody waits any longer.
  func first() async -> Int32? {
    await numbers.first { _ in true }
  }
}
