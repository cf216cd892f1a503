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
  var sentence: String {
    switch remains {
    case .pages:
      "interrupted by signal \(signal); nothing is published. What was read is kept: the same command "
        + "within six hours resumes it."
    case .noPack: "interrupted by signal \(signal); nothing is published."
    case .nothing: "interrupted by signal \(signal); nothing is written."
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
