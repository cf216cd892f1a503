import AuditFetch
import AuditModel
import AuditRun

extension Log {
  /// This log as the observer of a job.
  var observer: RunObserver {
    RunObserver(
      warning: warning, info: info, detail: detail, fetch: tell, fetchEnded: endProgress)
  }

  /// Writes what happens during a fetch.
  @Sendable private func tell(_ event: FetchEvent) {
    switch event {
    case .page(let progress):
      detail(
        "\(progress.read == 0 ? "open instances" : "read \(progress.read)"), page \(progress.pages): "
          + "\(progress.page.body.count) bytes, \(progress.page.request)")
      self.progress(
        Progress(pages: progress.pages, instances: progress.rows, total: progress.total))
    case .firstRead(let read): detail("read 1 is complete: \(read.contents.count) pages")
    case .waiting(let milliseconds, let attempt, let reason):
      let tenths = (milliseconds + 50) / 100
      warning(
        Message(.retrying, "\(tenths / 10).\(tenths % 10)", "\(attempt)", reason))
    }
  }
}
