package dev.flagstream.engine.topology;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/** Tells Kafka Streams to go on after a record that could not be read and was noted. */
public final class SkipUnreadable implements DeserializationExceptionHandler {

  @Override
  public void configure(Map<String, ?> configs) {
    // Nothing to set: there is only one thing to do.
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception error) {
    return Response.resume();
  }
}
