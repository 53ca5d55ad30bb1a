package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedEvent;
import dev.flagstream.generator.feed.FraudLabel;
import dev.flagstream.generator.feed.FraudTruth;
import dev.flagstream.generator.feed.LabelJson;
import dev.flagstream.generator.feed.Payment;
import dev.flagstream.generator.transaction.TransactionJson;
import java.util.Iterator;

/**
 * Turns the events of a run into records. A step of its own, before the sending, so that whoever
 * makes events ahead can encode them ahead as well. Not safe for use by several threads.
 */
public final class FeedRecords implements Iterator<FeedRecord> {

  private final Iterator<FeedEvent> events;
  private final TransactionJson json = new TransactionJson();

  public FeedRecords(Iterator<FeedEvent> events) {
    this.events = events;
  }

  @Override
  public boolean hasNext() {
    return events.hasNext();
  }

  @Override
  public FeedRecord next() {
    FeedEvent event = events.next();
    return FeedRecord.of(event, value(event));
  }

  private byte[] value(FeedEvent event) {
    if (event instanceof Payment payment) {
      return json.encode(payment.transaction());
    }
    return event instanceof FraudTruth truth
        ? LabelJson.encode(truth)
        : LabelJson.encode((FraudLabel) event);
  }
}
