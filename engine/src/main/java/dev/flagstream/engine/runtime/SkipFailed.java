package dev.flagstream.engine.runtime;

import dev.flagstream.engine.topology.log.FailureText;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.log.RecordPlace;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/** Logs a record on which a query failed and goes on, so that one record cannot end a query. */
public final class SkipFailed implements ProcessingExceptionHandler {

  private ProcessingLog log;
  private String queryId;

  @Override
  public void configure(Map<String, ?> configs) {
    log = (ProcessingLog) configs.get(StreamsProperties.PROCESSING_LOG);
    queryId = (String) configs.get(StreamsProperties.QUERY_ID);
  }

  @Override
  public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception error) {
    new RecordPlace(context.topic(), context.partition(), context.offset())
        .during(
            () ->
                log.failed(
                    "processing." + queryId + "." + context.processorNodeId(),
                    "Error processing record of topic "
                        + context.topic()
                        + ", partition "
                        + context.partition()
                        + ", offset "
                        + context.offset()
                        + ": "
                        + FailureText.of(error),
                    Optional.of(error),
                    () -> String.valueOf(record)));
    return Response.resume();
  }
}
