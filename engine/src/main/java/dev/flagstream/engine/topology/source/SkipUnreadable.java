package dev.flagstream.engine.topology.source;

import dev.flagstream.engine.topology.log.RecordPlace;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/** Logs a record that could not be read and tells Kafka Streams to go on. */
public final class SkipUnreadable implements DeserializationExceptionHandler {

  @Override
  public void configure(Map<String, ?> configs) {
    // Nothing to set: there is only one thing to do.
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception error) {
    if (error instanceof UnreadableRecordException unreadable) {
      unreadable.note(new RecordPlace(record.topic(), record.partition(), record.offset()));
    }
    return Response.resume();
  }
}
