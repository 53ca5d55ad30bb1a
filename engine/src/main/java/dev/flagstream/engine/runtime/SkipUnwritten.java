package dev.flagstream.engine.runtime;

import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.log.ProcessingLog.RecordPart;
import dev.flagstream.engine.topology.log.RecordPlace;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/**
 * Logs a row that cannot be written because of what it holds, and goes on. Other troubles of
 * writing, such as a broker that is away, are no fault of the row and fail the query.
 */
public final class SkipUnwritten implements ProductionExceptionHandler {

  private ProcessingLog log;
  private String queryId;

  @Override
  public void configure(Map<String, ?> configs) {
    log = (ProcessingLog) configs.get(StreamsProperties.PROCESSING_LOG);
    queryId = (String) configs.get(StreamsProperties.QUERY_ID);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception error) {
    if (RefusedRecords.isOfARecord(error)) {
      place(context)
          .during(
              () ->
                  log.unwritten(
                      logger(),
                      "Error producing to topic: " + record.topic() + ". " + error.getMessage()));
      return Response.resume();
    }
    return Response.fail();
  }

  @Override
  @SuppressWarnings("rawtypes") // As Kafka Streams declares it.
  public Response handleSerializationError(
      ErrorHandlerContext context,
      ProducerRecord record,
      Exception error,
      SerializationExceptionOrigin origin) {
    RecordPart part =
        origin == SerializationExceptionOrigin.KEY ? RecordPart.KEY : RecordPart.VALUE;
    // The record is not the row's text: its parts have no readable form of their own.
    place(context)
        .during(() -> log.unserializable(logger(), record.topic(), part, error, () -> null));
    return Response.resume();
  }

  /** The place of the record that the row was made from. */
  private static RecordPlace place(ErrorHandlerContext context) {
    return new RecordPlace(context.topic(), context.partition(), context.offset());
  }

  private String logger() {
    return "processing." + queryId + ".Sink";
  }
}
