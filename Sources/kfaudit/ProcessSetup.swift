internal import AuditModel
private import AuditPlan
private import CAllocator
private import CProcess
private import Foundation

/// Prepares the process before anything else, however it was started.
enum ProcessSetup {
  /// How many files a run has open, at the most.
  private static let descriptors: rlim_t = 64

  /// Does it all.
  static func run() throws {
    fillStandardStreams()
    // Whatever the caller's mask, what is written is for this user alone, and this user may read it.
    umask(0o077)
    // A closed pipe and a limit on file sizes are errors of the write, and end in a sentence.
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    // Of a child whose end is ignored nobody learns how it ended.
    signal(SIGCHLD, SIG_DFL)
    disableCoreDumps()
    configureAllocator()
    reportTraps()
    try raiseDescriptorLimit()
    // text: names of variables
    if EnvironmentVariables.process.undecodable.contains(where: { $0 == "TMPDIR" }) {
      throw CommandError(.variableNotUTF8, "TMPDIR")
    }
    try ThreadSupply.check()
  }

  /// A stream that is closed becomes one that gives and takes nothing: otherwise the first file opened would be it, and
  /// the result would be written into that file.
  private static func fillStandardStreams() {
    for (number, mode) in [(0, O_RDONLY), (1, O_RDONLY), (2, O_WRONLY)]
    where fcntl(Int32(number), F_GETFD) < 0 {
      // The lowest free number is this one. Writing to stdout then fails, as it should.
      _ = unsafe open("/dev/null", mode)
    }
  }

  /// An image of the memory would hold credentials.
  ///
  /// The limit alone does not hold for images that the system pipes to a program.
  private static func disableCoreDumps() {
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    _ = forbid_memory_images()
  }

  /// Has storage of 3 MiB and more go back to the system when it is freed, and all threads share what is smaller.
  ///
  /// The parts of the ledgers are that large. Left to itself the allocator raises that size with what is freed, and a run
  /// over five million instances is a fifth larger.
  private static func configureAllocator() {
    mallopt(M_MMAP_THRESHOLD, 3 << 20)
    // By default, once the first is set, so little that smaller storage would go back and forth all the time.
    mallopt(M_TRIM_THRESHOLD, 8 << 20)
    // Else each thread has an arena, whose free storage no other one uses; more than processors do not work at a time.
    mallopt(M_ARENA_MAX, Int32(clamping: Int.processors))
  }

  private static func raiseDescriptorLimit() throws {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
      limit.rlim_cur < descriptors
    else { return }
    limit.rlim_cur = min(descriptors, limit.rlim_max)
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    if limit.rlim_cur < descriptors {
      throw CommandError(.openFilesLimit, "\(limit.rlim_cur)", "\(descriptors)")
    }
  }

  /// When the program stops itself because it is wrong, a line says so; whoever sets SWIFT_BACKTRACE gets more.
  private static func reportTraps() {
    if ProcessInfo.processInfo.environment["SWIFT_BACKTRACE"] != nil { return }
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] {
      signal(number) { number in
        let sentence: StaticString =
          "kfaudit: error: internal error: the program stopped itself. A pack that has its name is complete, and the next run needs no cleaning. Report it with the command line. [KFA-9002]\n"
        // Nothing but system calls is allowed here; the bytes are constant.
        _ = unsafe write(2, sentence.utf8Start, sentence.utf8CodeUnitCount)
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }
}

extension Int {
  /// How many threads can work at the same time.
  static var processors: Int { ProcessInfo.processInfo.activeProcessorCount }
}

/// Whether this process may start the threads that it needs.
///
/// Where it may not, the network's library stops the program and Dispatch waits for ever. Both start their threads as
/// they go and tell nobody, so that it is tried once, before the first of them.
enum ThreadSupply {
  /// The network, tasks and workers each want a thread a processor; two more look after signals and timers.
  private static var needed: Int { 3 * .processors + 2 }

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
    if threads.count < needed {
      throw CommandError(.threadLimit, "\(threads.count)", "\(needed)")
    }
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
