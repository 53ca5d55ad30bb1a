package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;

/** {@code MAX}. */
@UdafDescription(
    name = "MAX",
    description = "The largest value that is not NULL. Of a stream only.")
public final class Max {
  private Max() {}

  @UdafFactory(description = "The largest value of a group.")
  public static Udaf<Integer, Integer, Integer> ofInteger() {
    return Extreme.largest();
  }

  @UdafFactory(description = "The largest value of a group.")
  public static Udaf<Long, Long, Long> ofLong() {
    return Extreme.largest();
  }

  @UdafFactory(description = "The largest value of a group.")
  public static Udaf<Double, Double, Double> ofDouble() {
    return Extreme.largest();
  }

  @UdafFactory(description = "The largest value of a group.")
  public static Udaf<BigDecimal, BigDecimal, BigDecimal> ofBigDecimal() {
    return Extreme.largest();
  }

  @UdafFactory(description = "The largest value of a group.")
  public static Udaf<Date, Date, Date> ofDate() {
    return Extreme.largest();
  }

  @UdafFactory(description = "The largest value of a group.")
  public static Udaf<Time, Time, Time> ofTime() {
    return Extreme.largest();
  }

  @UdafFactory(description = "The largest value of a group.")
  public static Udaf<Timestamp, Timestamp, Timestamp> ofTimestamp() {
    return Extreme.largest();
  }

  @UdafFactory(description = "The largest value of a group.")
  public static Udaf<String, String, String> ofString() {
    return Extreme.largest();
  }

  @UdafFactory(description = "The largest value of a group.")
  public static Udaf<ByteBuffer, ByteBuffer, ByteBuffer> ofByteBuffer() {
    return Extreme.largest();
  }
}
