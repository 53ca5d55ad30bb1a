package dev.flagstream.udf.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A MOJO's {@code model.ini}: settings, the names of the columns, and which of them are
 * categorical.
 */
final class ModelIni {

  static final String FILE = "model.ini";

  private static final List<String> SECTIONS = List.of("[info]", "[columns]", "[domains]");

  private final MojoFiles files;
  private final Map<String, String> settings = new HashMap<>();
  private final List<String> columns = new ArrayList<>();
  private final Map<Integer, String> domains = new HashMap<>();

  ModelIni(MojoFiles files) {
    this.files = files;
    String section = "";
    for (String untrimmed : files.text(FILE).lines().toList()) {
      String line = untrimmed.trim();
      if (SECTIONS.contains(line)) {
        section = line;
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        add(section, line);
      }
    }
  }

  private void add(String section, String line) {
    switch (section) {
      case "[info]" -> {
        String[] keyAndValue = line.split("\\s*=\\s*", 2);
        if (keyAndValue.length < 2) {
          throw unusable("expected key = value, found: " + line);
        }
        settings.put(keyAndValue[0], keyAndValue[1]);
      }
      case "[columns]" -> columns.add(line);
      case "[domains]" -> {
        String[] columnAndDomain = line.split(":\\s*", 2);
        domains.put(integer("column of a domain", columnAndDomain[0]), line);
      }
      default -> throw unusable("before any section there is the line: " + line);
    }
  }

  /**
   * The names of the features, all of which are numeric.
   *
   * @throws UnusableModelException naming the column if one is categorical
   */
  List<String> features() {
    int count = integer("n_features");
    if (count < 1 || count > columns.size() || columns.size() != integer("n_columns")) {
      throw unusable(
          "n_features = %d and n_columns = %s do not fit the %d columns listed"
              .formatted(count, text("n_columns"), columns.size()));
    }
    for (int column = 0; column < count; column++) {
      if (domains.containsKey(column)) {
        throw unusable(
            "the column "
                + columns.get(column)
                + " is categorical; only numeric features are supported: train with numbers");
      }
    }
    return List.copyOf(columns.subList(0, count));
  }

  /** The value of a key, without its quotes if it is a string. */
  String text(String key) {
    String value = settings.get(key);
    if (value == null) {
      throw unusable("the key " + key + " is missing");
    }
    return value;
  }

  String text(String key, String otherwise) {
    String value = settings.get(key);
    return value == null || value.equals("null") ? otherwise : value;
  }

  boolean flag(String key) {
    String value = text(key).toLowerCase(Locale.ROOT);
    if (!value.equals("true") && !value.equals("false")) {
      throw unusable(key + " = " + value + ": true or false is needed");
    }
    return value.equals("true");
  }

  int integer(String key) {
    return integer(key, text(key));
  }

  private int integer(String key, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw unusable(key + " = " + value + ": a whole number is needed");
    }
  }

  double number(String key) {
    return number(key, text(key));
  }

  private double number(String key, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw unusable(key + " = " + value + ": a number is needed");
    }
  }

  /** A list as in {@code [1.5, 2.0]}. */
  double[] numbers(String key) {
    String value = text(key);
    if (!value.startsWith("[") || !value.endsWith("]")) {
      throw unusable(key + ": a list of numbers in brackets is needed");
    }
    String inside = value.substring(1, value.length() - 1).trim();
    if (inside.isEmpty()) {
      return new double[0];
    }
    String[] parts = inside.split("\\s*,\\s*", -1);
    double[] numbers = new double[parts.length];
    for (int index = 0; index < parts.length; index++) {
      numbers[index] = number(key, parts[index]);
    }
    return numbers;
  }

  /** Refuses any value of a key but the given ones; the first is also what an absent key means. */
  void require(String key, String... supported) {
    String value = text(key, supported[0]);
    if (!List.of(supported).contains(value)) {
      throw unusable(
          "%s = %s is not supported, only %s".formatted(key, value, String.join(", ", supported)));
    }
  }

  UnusableModelException unusable(String reason) {
    return files.unusable(FILE, reason);
  }
}
