internal import ArgumentParser
internal import AuditModel
private import AuditReport
private import Dispatch
private import Foundation

/// The work of a command, from its beginning to the exit status.
struct CommandWork {
  /// Where its errors go.
  var log: Log
  /// What is left when a signal ends it.
  var remains = Interruption.Remains.nothing

  /// Works until the work is done or the first signal cancels it, and exits with its status.
  ///
  /// The owner of a temporary file or folder removes it when the work is cancelled, as when it fails.
  func run(_ work: @escaping @Sendable () async throws -> ExitStatus) async throws {
    let status: Int32
    do {
      status = try await Interruption.interrupting(leaving: remains) {
        // It writes, waits for disks and compresses, which the threads that serve the network never do.
        try await WorkerThreads.run(.processors, work)
      }.rawValue
    } catch let interruption as Interruption {
      log.error(interruption.message)
      status = interruption.exitStatus
    } catch {
      let failure = error as? any AuditFailure ?? CommandError(internal: error)
      log.failure(failure)
      status = failure.exitStatus.rawValue
    }
    if status != ExitStatus.complete.rawValue { throw ExitCode(status) }
  }
}

extension ConsoleOptions {
  /// Does a command's work and tells its errors as these options want it.
  func answering(
    leaving remains: Interruption.Remains = .nothing,
    _ work: @escaping @Sendable (_ log: Log) async throws -> ExitStatus
  ) async throws {
    let log = log
    try await CommandWork(log: log, remains: remains).run {
      try check()
      return try await work(log)
    }
  }
}

/// Why a command does not do its work: a command line that it does not take, or what it finds where it runs.
struct CommandError: AuditFailure {
  let message: Message

  /// Something is wrong: a message, with facts for its placeholders.
  init(_ code: MessageCode, _ facts: String...) {
    message = Message(code, facts)
  }

  /// Takes an error that no part of the program foresaw.
  init(internal error: any Error) {
    message = Message(.internalError, TerminalText.sanitized(String(describing: error)))
  }
}

/// The program was asked to end before its work was done.
struct Interruption: Error {
  /// The signal that asked.
  var signal: Int32

  /// What is left of the work.
  var remains: Remains

  /// What an interrupted command leaves behind.
  enum Remains {
    /// No pack, but pages that the next run takes over.
    case pages
    /// No pack.
    case noPack
    /// No result.
    case nothing
  }

  /// What is said on stderr.
  var message: Message {
    switch remains {
    case .pages: Message(.interruptedRead, "\(signal)")
    case .noPack: Message(.interruptedRun, "\(signal)")
    case .nothing: Message(.interrupted, "\(signal)")
    }
  }

  /// The exit status: 128 and the signal.
  var exitStatus: Int32 { 128 + signal }

  /// What comes first: the work's result or a signal.
  private enum First<Value: Sendable>: Sendable {
    case result(Result<Value, any Error>)
    case signal(Int32?)
  }

  /// Works until the work is done or a signal comes, which cancels it.
  ///
  /// - Throws: what the work throws, or an interruption.
  static func interrupting<Value: Sendable>(
    leaving remains: Remains, _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    // Caught before the work begins, so that it is never ended in the middle.
    let signals = await Signals()
    let (result, signal) = await withTaskGroup(of: First<Value>.self) { group in
      group.addTask {
        do {
          return .result(.success(try await work()))
        } catch {
          return .result(.failure(error))
        }
      }
      group.addTask { [numbers = signals.numbers] in .signal(await numbers.first { _ in true }) }
      var result: Result<Value, any Error> = .failure(CancellationError())
      var signal: Int32?
      for await first in group {
        switch first {
        case .result(let done): result = done
        case .signal(let number): signal = number
        }
        group.cancelAll()
      }
      return (result, signal)
    }
    withExtendedLifetime(signals) {}
    if let signal, case .failure = result {
      throw Interruption(signal: signal, remains: remains)
    }
    return try result.get()
  }
}

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
          Self.reraise(number)
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

  private static func reraise(_ number: Int32) {
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
