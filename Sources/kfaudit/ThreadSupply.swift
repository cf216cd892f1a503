private import AuditModel
private import Foundation

/// Whether this process may start the threads that it needs.
///
/// Where it may not, the network's library stops the program and Dispatch waits for ever. Both start their threads as
/// they go and tell nobody, so that it is tried once, before the first of them.
enum ThreadSupply {
  /// Why the program cannot work in this process.
  private struct TooFew: AuditFailure {
    var found: Int
    var needed: Int
    var exitStatus: ExitStatus { .inputOutput }
    var description: String {
      "this process may start \(found) more threads, and it needs \(needed); raise the limit (ulimit -u, or the "
        + "pids.max or TasksMax of its container or unit) and run again."
    }
  }

  /// The network, tasks and workers each want a thread a processor; two more look after signals and timers.
  private static var needed: Int { 3 * ProcessInfo.processInfo.activeProcessorCount + 2 }

  /// Starts as many threads, which wait for each other, and ends them.
  static func check() throws {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return }
    var threads: [pthread_t] = []
    while threads.count < needed, let thread = waiting(onClosing: ends[0]) {
      threads.append(thread)
    }
    close(ends[1])
    for thread in threads { pthread_join(thread, nil) }
    close(ends[0])
    if threads.count < needed { throw TooFew(found: threads.count, needed: needed) }
  }

  /// A thread that ends when the other end of a pipe is closed; `nil` where there is none to be had.
  private static func waiting(onClosing end: Int32) -> pthread_t? {
    var thread = pthread_t()
    // The number goes where a pointer could go; nothing is ever read through it.
    let started = unsafe pthread_create(
      &thread, nil,
      { end in
        var byte: UInt8 = 0
        _ = unsafe read(Int32(Int(bitPattern: end)), &byte, 1)
        return nil
      }, UnsafeMutableRawPointer(bitPattern: Int(end)))
    return started == 0 ? thread : nil
  }
}
