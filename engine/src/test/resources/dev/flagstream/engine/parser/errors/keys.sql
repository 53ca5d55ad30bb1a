CREATE TABLE t (id INT KEY) WITH (KAFKA_TOPIC='t');
--! Line: 1, Col: 17: Column `ID` is a 'KEY' column: please use 'PRIMARY KEY' for tables.
--! Tables have PRIMARY KEYs, which are unique and NON NULL.
--! Streams have KEYs, which have no uniqueness or NON NULL constraints.

CREATE STREAM s (id INT PRIMARY KEY) WITH (KAFKA_TOPIC='s');
--! Line: 1, Col: 18: Column `ID` is a 'PRIMARY KEY' column: please use 'KEY' for streams.
--! Tables have PRIMARY KEYs, which are unique and NON NULL.
--! Streams have KEYs, which have no uniqueness or NON NULL constraints.
