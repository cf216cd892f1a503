/// Reads from a page what paging needs to know of its rows.
public enum PageScan {
  /// The identities of a page's rows, in the page's order.
  ///
  /// - Throws: ``PageError`` when the page is not a JSON array of rows, or a row breaks the contract.
  public static func rows(of bytes: [UInt8], page: String) throws(PageError) -> [RowIdentity] {
    try PageReader.read(bytes, page: page).identities
  }
}
