package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;

/** {@code MIN}. */
@UdafDescription(
    name = "MIN",
    description = "The smallest value that is not NULL. Of a stream only.")
public final class Min {
  private Min() {}

  @UdafFactory(description = "The smallest value of a group.")
  public static Udaf<Integer, Integer, Integer> ofInteger() {
    return Extreme.smallest();
  }

  @UdafFactory(description = "The smallest value of a group.")
  public static Udaf<Long, Long, Long> ofLong() {
    return Extreme.smallest();
  }

  @UdafFactory(description = "The smallest value of a group.")
  public static Udaf<Double, Double, Double> ofDouble() {
    return Extreme.smallest();
  }

  @UdafFactory(description = "The smallest value of a group.")
  public static Udaf<BigDecimal, BigDecimal, BigDecimal> ofBigDecimal() {
    return Extreme.smallest();
  }

  @UdafFactory(description = "The smallest value of a group.")
  public static Udaf<Date, Date, Date> ofDate() {
    return Extreme.smallest();
  }

  @UdafFactory(description = "The smallest value of a group.")
  public static Udaf<Time, Time, Time> ofTime() {
    return Extreme.smallest();
  }

  @UdafFactory(description = "The smallest value of a group.")
  public static Udaf<Timestamp, Timestamp, Timestamp> ofTimestamp() {
    return Extreme.smallest();
  }

  @UdafFactory(description = "The smallest value of a group.")
  public static Udaf<String, String, String> ofString() {
    return Extreme.smallest();
  }

  @UdafFactory(description = "The smallest value of a group.")
  public static Udaf<ByteBuffer, ByteBuffer, ByteBuffer> ofByteBuffer() {
    return Extreme.smallest();
  }
}
