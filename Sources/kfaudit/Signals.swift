private import Dispatch
private import Foundation

/// The signals that ask the program to end, as values.
///
/// While this exists they no longer kill the process, but for the second of a kind: whoever asks twice wants it at once.
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
        if Self.isLeftAlone(number) {
          // The second one, taken before it could kill.
          Self.die(of: number)
        } else {
          // With its default action back in place, the next one kills.
          signal(number, SIG_DFL)
          continuation.yield(number)
        }
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

  private static func isIgnored(_ number: Int32) -> Bool { action(on: number) == 1 }

  private static func isLeftAlone(_ number: Int32) -> Bool { action(on: number) == 0 }

  /// What a signal does: SIG_DFL and SIG_IGN are no functions but the numbers 0 and 1 in the place of one.
  private static func action(on number: Int32) -> Int? {
    var action = sigaction()
    guard unsafe sigaction(number, nil, &action) == 0 else { return nil }
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
  }

  private static func die(of number: Int32) {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, number)
    _ = unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise(number)
    // Process 1 of a container survives a signal's default action.
    _exit(128 + number)
  }

  deinit {
    for source in sources { source.cancel() }
  }

  /// Waits for the first of them; `nil` when nobody waits any longer.
  func first() async -> Int32? {
    await numbers.first { _ in true }
  }
}
