package dev.flagstream.engine.function.builtin.array;

import dev.flagstream.engine.function.RowBudget;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.List;
import java.util.stream.LongStream;

/** {@code GENERATE_SERIES}. */
@UdfDescription(
    name = "GENERATE_SERIES",
    category = FunctionCategory.ARRAY,
    description = "The numbers from one to another, both included.")
public class GenerateSeries {

  @Udf(description = "In steps of 1, upwards or downwards.")
  public List<Integer> generateSeries(
      @UdfParameter("start") Integer start, @UdfParameter("end") Integer end) {
    return start == null || end == null ? null : generateSeries(start, end, end < start ? -1 : 1);
  }

  @Udf(
      description =
          "In steps of a size that is not 0, and negative where the end is before the start.")
  public List<Integer> generateSeries(
      @UdfParameter("start") Integer start,
      @UdfParameter("end") Integer end,
      @UdfParameter("step") Integer step) {
    return start == null || end == null || step == null
        ? null
        : numbers(start, end, step).mapToObj(number -> (int) number).toList();
  }

  @Udf(description = "In steps of 1, upwards or downwards.")
  public List<Long> generateSeries(
      @UdfParameter("start") Long start, @UdfParameter("end") Long end) {
    return start == null || end == null ? null : generateSeries(start, end, end < start ? -1 : 1);
  }

  @Udf(
      description =
          "In steps of a size that is not 0, and negative where the end is before the start.")
  public List<Long> generateSeries(
      @UdfParameter("start") Long start,
      @UdfParameter("end") Long end,
      @UdfParameter("step") Integer step) {
    return start == null || end == null || step == null
        ? null
        : numbers(start, end, step).boxed().toList();
  }

  private static LongStream numbers(long start, long end, int step) {
    if (step == 0) {
      throw new IllegalArgumentException("GENERATE_SERIES step cannot be zero");
    }
    if (step > 0 ? start > end : start < end) {
      throw new IllegalArgumentException("GENERATE_SERIES step has wrong sign");
    }
    return LongStream.range(0, count(start, end, step)).map(index -> start + index * step);
  }

  private static long count(long start, long end, int step) {
    // Taken as unsigned, the distance of any two numbers has room in 64 bits.
    long distance = step > 0 ? end - start : start - end;
    long steps = Long.divideUnsigned(distance, Math.abs((long) step));
    // A count that 63 bits do not hold is too large, and so is the largest that they do.
    long count = steps < 0 || steps == Long.MAX_VALUE ? Long.MAX_VALUE : steps + 1;
    RowBudget.elements("GENERATE_SERIES", count);
    return count;
  }
}
