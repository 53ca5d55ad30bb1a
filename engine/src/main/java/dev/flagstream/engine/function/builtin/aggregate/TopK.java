package dev.flagstream.engine.function.builtin.aggregate;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import io.confluent.ksql.function.udaf.VariadicArgs;
import io.confluent.ksql.util.Pair;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.List;
import org.apache.kafka.connect.data.Struct;

/** {@code TOPK}. */
@UdafDescription(
    name = "TOPK",
    description =
        "The k largest values of a group, or the rows that have them; NULL is left out. Of a stream only.")
public final class TopK {
  private TopK() {}

  @UdafFactory(description = "The k largest values, largest first.")
  public static Udaf<Integer, List<Integer>, List<Integer>> ofInteger(int k) {
    return new Top<>("TOPK", k, false);
  }

  @UdafFactory(
      description = "The k rows with the largest values, as structs of sort_col, col0, col1 ...")
  public static Udaf<Pair<Integer, VariadicArgs<Object>>, List<Struct>, List<Struct>> rowsByInteger(
      int k) {
    return new TopRows<>(k);
  }

  @UdafFactory(description = "The k largest values, largest first.")
  public static Udaf<Long, List<Long>, List<Long>> ofLong(int k) {
    return new Top<>("TOPK", k, false);
  }

  @UdafFactory(
      description = "The k rows with the largest values, as structs of sort_col, col0, col1 ...")
  public static Udaf<Pair<Long, VariadicArgs<Object>>, List<Struct>, List<Struct>> rowsByLong(
      int k) {
    return new TopRows<>(k);
  }

  @UdafFactory(description = "The k largest values, largest first.")
  public static Udaf<Double, List<Double>, List<Double>> ofDouble(int k) {
    return new Top<>("TOPK", k, false);
  }

  @UdafFactory(
      description = "The k rows with the largest values, as structs of sort_col, col0, col1 ...")
  public static Udaf<Pair<Double, VariadicArgs<Object>>, List<Struct>, List<Struct>> rowsByDouble(
      int k) {
    return new TopRows<>(k);
  }

  @UdafFactory(description = "The k largest values, largest first.")
  public static Udaf<BigDecimal, List<BigDecimal>, List<BigDecimal>> ofBigDecimal(int k) {
    return new Top<>("TOPK", k, false);
  }

  @UdafFactory(
      description = "The k rows with the largest values, as structs of sort_col, col0, col1 ...")
  public static Udaf<Pair<BigDecimal, VariadicArgs<Object>>, List<Struct>, List<Struct>>
      rowsByBigDecimal(int k) {
    return new TopRows<>(k);
  }

  @UdafFactory(description = "The k largest values, largest first.")
  public static Udaf<Date, List<Date>, List<Date>> ofDate(int k) {
    return new Top<>("TOPK", k, false);
  }

  @UdafFactory(
      description = "The k rows with the largest values, as structs of sort_col, col0, col1 ...")
  public static Udaf<Pair<Date, VariadicArgs<Object>>, List<Struct>, List<Struct>> rowsByDate(
      int k) {
    return new TopRows<>(k);
  }

  @UdafFactory(description = "The k largest values, largest first.")
  public static Udaf<Time, List<Time>, List<Time>> ofTime(int k) {
    return new Top<>("TOPK", k, false);
  }

  @UdafFactory(
      description = "The k rows with the largest values, as structs of sort_col, col0, col1 ...")
  public static Udaf<Pair<Time, VariadicArgs<Object>>, List<Struct>, List<Struct>> rowsByTime(
      int k) {
    return new TopRows<>(k);
  }

  @UdafFactory(description = "The k largest values, largest first.")
  public static Udaf<Timestamp, List<Timestamp>, List<Timestamp>> ofTimestamp(int k) {
    return new Top<>("TOPK", k, false);
  }

  @UdafFactory(
      description = "The k rows with the largest values, as structs of sort_col, col0, col1 ...")
  public static Udaf<Pair<Timestamp, VariadicArgs<Object>>, List<Struct>, List<Struct>>
      rowsByTimestamp(int k) {
    return new TopRows<>(k);
  }

  @UdafFactory(description = "The k largest values, largest first.")
  public static Udaf<String, List<String>, List<String>> ofString(int k) {
    return new Top<>("TOPK", k, false);
  }

  @UdafFactory(
      description = "The k rows with the largest values, as structs of sort_col, col0, col1 ...")
  public static Udaf<Pair<String, VariadicArgs<Object>>, List<Struct>, List<Struct>> rowsByString(
      int k) {
    return new TopRows<>(k);
  }

  @UdafFactory(description = "The k largest values, largest first.")
  public static Udaf<ByteBuffer, List<ByteBuffer>, List<ByteBuffer>> ofByteBuffer(int k) {
    return new Top<>("TOPK", k, false);
  }

  @UdafFactory(
      description = "The k rows with the largest values, as structs of sort_col, col0, col1 ...")
  public static Udaf<Pair<ByteBuffer, VariadicArgs<Object>>, List<Struct>, List<Struct>>
      rowsByByteBuffer(int k) {
    return new TopRows<>(k);
  }
}
