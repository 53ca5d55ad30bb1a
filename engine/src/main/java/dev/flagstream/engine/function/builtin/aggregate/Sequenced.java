package dev.flagstream.engine.function.builtin.aggregate;

import dev.flagstream.engine.function.signature.KsqlTypes;
import dev.flagstream.engine.value.ConnectSchemas;
import dev.flagstream.engine.value.Structs;
import io.confluent.ksql.schema.ksql.types.SqlType;
import io.confluent.ksql.schema.ksql.types.SqlTypes;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * A value and when it came: the merging of session windows needs to know it.
 *
 * <p>As a state it is {@code STRUCT<SEQ BIGINT, VAL T>}; without a SEQ nothing has come yet.
 */
final class Sequenced<T> {

  private static final String SEQUENCE = "SEQ";
  private static final String VALUE = "VAL";

  /**
   * Starting from the clock keeps sequences of a restarted server above those of its former self.
   */
  private static final AtomicLong NEXT = new AtomicLong(System.currentTimeMillis() << 20);

  private final SqlType type;
  private final Schema schema;

  Sequenced(SqlType valueType) {
    this.type = SqlTypes.struct().field(SEQUENCE, SqlTypes.BIGINT).field(VALUE, valueType).build();
    this.schema = ConnectSchemas.of(KsqlTypes.fromApi(type));
  }

  SqlType type() {
    return type;
  }

  Struct nothing() {
    return new Struct(schema);
  }

  Struct next(T value) {
    return Structs.of(schema, new Object[] {NEXT.getAndIncrement(), value});
  }

  boolean isNothing(Struct state) {
    return state.get(SEQUENCE) == null;
  }

  long sequence(Struct state) {
    return state.getInt64(SEQUENCE);
  }

  // The schema was made for values of type T.
  @SuppressWarnings("unchecked")
  T value(Struct state) {
    return (T) state.get(VALUE);
  }
}
