package dev.flagstream.generator.replay.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The columns' names of a file. They are told apart without regard to case, as SQL does; a column
 * without a name is {@code column_N} by its position, from 1.
 */
public final class CsvHeader {

  /** Never goes back over digits: a hostile name may have a million of them. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]++\\.?[0-9]*+|\\.[0-9]++)([eE][-+]?[0-9]++)?");

  private static final Pattern CARD_NUMBER = Pattern.compile("[0-9]{12,19}");

  private final List<String> names;
  private final Map<String, Integer> indexByUpperCase = new HashMap<>();

  private CsvHeader(List<String> names) {
    this.names = List.copyOf(names);
  }

  /**
   * Takes the names as they stand in the file.
   *
   * @param where for messages: the file
   * @throws CsvFormatException if two columns have the same name
   */
  public static CsvHeader of(String where, List<String> written) {
    List<String> names = new ArrayList<>();
    for (String name : written) {
      String stripped = name.strip();
      names.add(stripped.isEmpty() ? nameOfUnnamed(names.size() + 1) : stripped);
    }
    CsvHeader header = new CsvHeader(names);
    for (int i = 0; i < names.size(); i++) {
      Integer other = header.indexByUpperCase.putIfAbsent(upperCase(names.get(i)), i);
      if (other != null) {
        throw new CsvFormatException(
            "%s has two columns of the same name, '%s' (column %d) and '%s' (column %d): SQL could not tell them apart; rename one, or name all columns with --header"
                .formatted(where, names.get(other), other + 1, names.get(i), i + 1));
      }
    }
    return header;
  }

  /** The name of a column that has none, by its position from 1. */
  public static String nameOfUnnamed(int position) {
    return "column_" + position;
  }

  /**
   * Whether what stands in the place of names looks like a row: half of them or more are numbers or
   * dates, or one could be a card number.
   */
  static boolean looksLikeRow(List<String> names) {
    long values = names.stream().filter(CsvHeader::looksLikeValue).count();
    return 2 * values >= names.size()
        || names.stream().anyMatch(name -> CARD_NUMBER.matcher(name).matches());
  }

  private static boolean looksLikeValue(String name) {
    return NUMBER.matcher(name).matches()
        || DateTimeText.toEpochMs(name) != DateTimeText.NONE
        || DateTimeText.toDate(name) != null;
  }

  /** In the file's order and spelling. */
  public List<String> names() {
    return names;
  }

  public int size() {
    return names.size();
  }

  /** The position of a column, from 0; empty if there is none of that name. */
  public OptionalInt find(String name) {
    Integer index = indexByUpperCase.get(upperCase(name));
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** Whether there is a column for each of the names. */
  public boolean hasAll(List<String> wanted) {
    return wanted.stream().allMatch(name -> find(name).isPresent());
  }

  @Override
  public String toString() {
    return String.join(", ", names);
  }

  private static String upperCase(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
