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

WHERE message->type BETWEEN 0 AND 3
  AND logger NOT LIKE 'processing.CSAS_UNPROCESSED_RECORDS%'
EMIT CHANGES;