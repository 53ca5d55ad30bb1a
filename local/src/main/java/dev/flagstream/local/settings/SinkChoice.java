package dev.flagstream.local.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Which stores the decisions of the local stack go to. MongoDB is always one of them: dashboard,
 * latencies and ledger read it.
 *
 * @param postgresql whether they are rows in PostgreSQL, too
 * @param lake whether they and what they are made of are Parquet files, too
 */
record SinkChoice(boolean postgresql, boolean lake) {

  private static final String MONGODB = "mongodb";
  private static final String POSTGRESQL = "postgresql";
  private static final String LAKE = "lake";
  private static final List<String> NAMES = List.of(MONGODB, POSTGRESQL, LAKE);

  /** Reads names with commas between them. */
  static final class Converter implements ITypeConverter<SinkChoice> {

    @Override
    public SinkChoice convert(String text) {
      List<String> names =
          Arrays.stream(text.split(",", -1))
              .map(name -> name.strip().toLowerCase(Locale.ROOT))
              .toList();
      for (String name : names) {
        if (name.equals("mysql")) {
          throw new TypeConversionException(
              "'mysql' is the SQL database of the containers (make up); here it is called "
                  + POSTGRESQL);
        }
        if (!NAMES.contains(name)) {
          throw new TypeConversionException(
              "'%s' is no store: there are %s, %s and %s"
                  .formatted(name, MONGODB, POSTGRESQL, LAKE));
        }
      }
      if (!names.contains(MONGODB)) {
        throw new TypeConversionException(
            "'%s' leaves out %s, which dashboard and ledger read".formatted(text, MONGODB));
      }
      return new SinkChoice(names.contains(POSTGRESQL), names.contains(LAKE));
    }
  }
}
