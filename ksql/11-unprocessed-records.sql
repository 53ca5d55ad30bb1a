-- Reads:  topic ksql_processing_log, to which the SQL server writes what it cannot read, compute or
--         write.
-- Writes: unprocessed_records: which record it was, by topic, partition and offset, and why.
-- Why:    02 rejects what cannot be scored before SQL fails on it. What goes wrong further on would
--         be neither scored nor rejected; make ledger finds it here. What 02 rejects is here, too,
--         if the typed stream could not read it. The log's own message stays behind, as it may
--         quote a card number: log_partition and log_offset say where it is. ksqlDB's log does not
--         give partition and offset; there they are NULL.

SET 'auto.offset.reset' = 'earliest';

CREATE STREAM IF NOT EXISTS processing_log (
  logger  VARCHAR,
  time    BIGINT,
  message STRUCT<
    type                 INTEGER,
    deserializationError STRUCT<target VARCHAR, `topic` VARCHAR>,
    serializationError   STRUCT<target VARCHAR>>,
  source  STRUCT<`topic` VARCHAR, `partition` INTEGER, `offset` BIGINT>
) WITH (
  KAFKA_TOPIC  = 'ksql_processing_log',
  PARTITIONS   = 1,
  VALUE_FORMAT = 'JSON'
);

CREATE STREAM IF NOT EXISTS unprocessed_records WITH (
  KAFKA_TOPIC  = 'unprocessed_records',
  VALUE_FORMAT = 'JSON',
  RETENTION_MS = 3153600000000
) AS SELECT
  CASE
    WHEN message->type = 0 THEN CONCAT('UNREADABLE ', message->deserializationError->target)
    WHEN message->type = 1 THEN 'UNCOMPUTABLE'
    WHEN message->type = 2 THEN 'UNWRITABLE'
    WHEN message->type = 3 THEN CONCAT('UNWRITABLE ', message->serializationError->target)
  END                                                                AS reason,
  SPLIT(logger, '.')[2]                                              AS failed_query,
  COALESCE(source->`topic`, message->deserializationError->`topic`)  AS source_topic,
  source->`partition`                                                AS source_partition,
  source->`offset`                                                   AS source_offset,
  time                                                               AS logged_at,
  ROWPARTITION                                                       AS log_partition,
  ROWOFFSET                                                          AS log_offset
FROM processing_log
-- A dead thread is not about a record; what this query itself fails on must not come back to it; and what
-- somebody's SELECT fails on is no step of the pipeline.
WHERE message->type BETWEEN 0 AND 3
  AND logger NOT LIKE 'processing.CSAS_UNPROCESSED_RECORDS%'
  AND logger NOT LIKE 'processing.transient%'
EMIT CHANGES;
