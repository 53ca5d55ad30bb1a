package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedEvent;
import dev.flagstream.generator.feed.Payment;
import java.nio.charset.StandardCharsets;

/** The keys of a run's records. */
public final class RecordKey {

  private RecordKey() {}

  /** The card number of a transaction; the transaction's id for everything about one. UTF-8. */
  public static byte[] of(FeedEvent event) {
    String key =
        event instanceof Payment payment
            ? payment.transaction().cardNumber()
            : event.transactionId();
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
