package dev.flagstream.webhook;

import java.time.Duration;

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
   * @param pause how long the receiver asks to be left alone; zero if it does not say
   */
  record Away(String reason, Duration pause) implements WebhookAnswer {

    /** When the receiver said nothing about a pause. */
    Away(String reason) {
      this(reason, Duration.ZERO);
    }
  }
}
