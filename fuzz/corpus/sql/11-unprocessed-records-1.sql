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