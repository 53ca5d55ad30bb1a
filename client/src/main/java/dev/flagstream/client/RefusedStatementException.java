package dev.flagstream.client;

/** A statement that the SQL server did not carry out; the message is the server's reason. */
public final class RefusedStatementException extends ServerException {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN_LENGTH = 120;

  private final String statement;

  /**
   * A refusal.
   *
   * @param reason the server's own words
   * @param statement the statement as the server repeats it; may be empty
   */
  public RefusedStatementException(String reason, String statement) {
    super(reason);
    this.statement = statement.strip().replaceAll("\\s+", " ");
  }

  /** The beginning of the statement on one line; empty if the server did not repeat it. */
  public String statement() {
    return statement.length() <= SHOWN_LENGTH
        ? statement
        : statement.substring(0, SHOWN_LENGTH) + " …";
  }
}
