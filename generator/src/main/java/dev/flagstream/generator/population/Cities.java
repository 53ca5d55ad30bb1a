package dev.flagstream.generator.population;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the table of real cities that comes with the generator. */
final class Cities {

  private static final String TABLE = "cities.csv";

  private Cities() {}

  /** All cities in the order of the table, those of the home country first. */
  static List<City> load() {
    try (InputStream table = Cities.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException(TABLE + " is missing from the generator's jar");
      }
      return read(table);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + TABLE, e);
    }
  }

  private static List<City> read(InputStream table) throws IOException {
    List<City> cities = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder().ofNamedCsvRecord(table, StandardCharsets.UTF_8)) {
      for (NamedCsvRecord row : rows) {
        cities.add(
            new City(
                row.getField("city"),
                row.getField("state"),
                row.getField("country"),
                Double.parseDouble(row.getField("lat")),
                Double.parseDouble(row.getField("lon")),
                Double.parseDouble(row.getField("risk"))));
      }
    }
    return List.copyOf(cities);
  }
}
