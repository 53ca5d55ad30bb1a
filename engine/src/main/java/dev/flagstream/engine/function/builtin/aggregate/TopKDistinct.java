package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.List;

/** {@code TOPKDISTINCT}. */
@UdafDescription(
    name = "TOPKDISTINCT",
    description = "The k largest distinct values of a group; NULL is left out. Of a stream only.")
public final class TopKDistinct {
  private TopKDistinct() {}

  @UdafFactory(description = "The k largest distinct values, largest first.")
  public static Udaf<Integer, List<Integer>, List<Integer>> ofInteger(int k) {
    return new Top<>(k, true);
  }

  @UdafFactory(description = "The k largest distinct values, largest first.")
  public static Udaf<Long, List<Long>, List<Long>> ofLong(int k) {
    return new Top<>(k, true);
  }

  @UdafFactory(description = "The k largest distinct values, largest first.")
  public static Udaf<Double, List<Double>, List<Double>> ofDouble(int k) {
    return new Top<>(k, true);
  }

  @UdafFactory(description = "The k largest distinct values, largest first.")
  public static Udaf<BigDecimal, List<BigDecimal>, List<BigDecimal>> ofBigDecimal(int k) {
    return new Top<>(k, true);
  }

  @UdafFactory(description = "The k largest distinct values, largest first.")
  public static Udaf<Date, List<Date>, List<Date>> ofDate(int k) {
    return new Top<>(k, true);
  }

  @UdafFactory(description = "The k largest distinct values, largest first.")
  public static Udaf<Time, List<Time>, List<Time>> ofTime(int k) {
    return new Top<>(k, true);
  }

  @UdafFactory(description = "The k largest distinct values, largest first.")
  public static Udaf<Timestamp, List<Timestamp>, List<Timestamp>> ofTimestamp(int k) {
    return new Top<>(k, true);
  }

  @UdafFactory(description = "The k largest distinct values, largest first.")
  public static Udaf<String, List<String>, List<String>> ofString(int k) {
    return new Top<>(k, true);
  }

  @UdafFactory(description = "The k largest distinct values, largest first.")
  public static Udaf<ByteBuffer, List<ByteBuffer>, List<ByteBuffer>> ofByteBuffer(int k) {
    return new Top<>(k, true);
  }
}
