package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.Seed;
import java.lang.reflect.RecordComponent;
import java.util.HexFormat;

/**
 * Names a world by everything that decides its transactions. Transaction ids are primary keys
 * downstream: a world that makes other transactions must not reuse the ids of another one.
 */
public final class RunId {

  /** Raised whenever a change of this program makes other transactions from the same seed. */
  private static final int VERSION = 1;

  private RunId() {}

  /** Eight hexadecimal digits of a record of numbers, enumerations and further such records. */
  public static String of(Record parameters) {
    return HexFormat.of().toHexDigits((int) mixed(new Seed(VERSION), parameters).value());
  }

  private static Seed mixed(Seed sofar, Object value) {
    if (value instanceof Double number) {
      return sofar.with(Double.doubleToLongBits(number));
    }
    if (value instanceof Number number) {
      return sofar.with(number.longValue());
    }
    if (value instanceof Enum<?> constant) {
      return sofar.of(constant.name());
    }
    if (value instanceof Record parameters) {
      Seed mixed = sofar.of(parameters.getClass().getSimpleName());
      for (RecordComponent component : parameters.getClass().getRecordComponents()) {
        mixed = mixed(mixed, read(component, parameters));
      }
      return mixed;
    }
    throw new IllegalArgumentException("cannot name a run by a " + value.getClass());
  }

  private static Object read(RecordComponent component, Record parameters) {
    try {
      return component.getAccessor().invoke(parameters);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }
}
