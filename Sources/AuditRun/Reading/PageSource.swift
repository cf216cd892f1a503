import AuditFiles
import AuditModel
import AuditReport

/// Where a run's pages come from: a server, or a folder of saved ones.
protocol PageSource {
  /// Takes every page into the pack's evidence; what is certain early may be reduced early.
  func read(for reduction: Reduction) async throws -> PagesRead

  /// Finishes the journal, once it is known what each page holds.
  func finishJournal(of pages: [PageContent]) throws -> JournalFacts

  /// Removes what was kept for the next run, as the pack is published.
  func complete() throws

  /// Leaves to the next run what it can resume, and nothing else.
  func close()
}

/// Pages that have been read, and how they were obtained.
struct PagesRead {
  /// The pages to reduce.
  var pages: any StoredPages
  /// Pages with open instances from before the window.
  var openPages: (any StoredPages)?
  /// The as-of instant; `nil` for the newest in the pages.
  var asOf: AsOf?
  /// How they were obtained.
  var acquisition: Acquisition
  /// What the server says of the definitions; `nil` where it was not asked.
  var design: ControlDesign?
  /// A pass over the pages that was made while they were still being confirmed.
  var early: SpeculativeReduction?
  /// Why the read ended before its end, when what it had read is to be kept all the same.
  var failure: (any AuditFailure)?
}
