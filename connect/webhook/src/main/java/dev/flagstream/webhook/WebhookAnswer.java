package dev.flagstream.webhook;

/** What became of one request. */
sealed interface WebhookAnswer {

  /** The receiver has the record. */
  record Accepted() implements WebhookAnswer {}

  /**
   * The receiver does not want this record, now or later.
   *
   * @param reason a clause for people
   */
  record Refused(String reason) implements WebhookAnswer {}

  /**
   * The receiver is away, too slow or in trouble: the same record may pass later.
   *
   * @param reason a clause for people
   */
  record Away(String reason) implements WebhookAnswer {}
}
