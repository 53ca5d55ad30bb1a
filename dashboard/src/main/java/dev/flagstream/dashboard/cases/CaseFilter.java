package dev.flagstream.dashboard.cases;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.elemMatch;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;

import dev.flagstream.dashboard.http.UnusableRequestException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Decimal128;

/**
 * Which flagged transactions are asked for, as the address of a page says it. Immutable.
 *
 * @param query what MongoDB is asked; an empty document for all
 */
public record CaseFilter(Bson query) {

  /** Characters that may have a meaning of their own in a regular expression. */
  private static final Pattern SPECIAL = Pattern.compile("[^\\p{L}\\p{N} ]");

  private static final int LONGEST_TEXT = 200;

  /** No exponents: nobody means an amount of 1e999. */
  private static final Pattern AMOUNT = Pattern.compile("\\d{1,15}(\\.\\d{1,4})?");

  /** What {@link #of} reads. */
  public static final Set<String> NAMES =
      Set.of("text", "rule", "model", "reason", "category", "merchant", "min", "max", "from", "to");

  /**
   * Reads {@code text} (the beginning of an id or card token, a card's last four digits, or a part
   * of a merchant's name), {@code rule}, {@code model=true}, {@code reason} (a feature), {@code
   * category}, {@code merchant} (an id), {@code min}, {@code max} (amounts, both included), {@code
   * from}, {@code to} (times, the second not included). What is missing or empty asks for nothing;
   * {@link #NAMES} has the names.
   *
   * @throws UnusableRequestException naming the one that cannot be read, or the two between which
   *     nothing can be
   */
  public static CaseFilter of(Map<String, String> parameters) {
    List<Bson> conditions = new ArrayList<>();
    given(parameters, "text").map(CaseFilter::ofText).ifPresent(conditions::add);
    given(parameters, "rule").map(rule -> eq("rule_hits", rule)).ifPresent(conditions::add);
    read(parameters, "model", CaseFilter::truth, "neither true nor false")
        .map(alert -> eq("model_alert", alert))
        .ifPresent(conditions::add);
    given(parameters, "reason")
        .map(reason -> elemMatch("reasons", eq("feature", reason)))
        .ifPresent(conditions::add);
    given(parameters, "category")
        .map(category -> eq("merchant_category", category))
        .ifPresent(conditions::add);
    given(parameters, "merchant").map(id -> eq("merchant_id", id)).ifPresent(conditions::add);
    Optional<Decimal128> min = amount(parameters, "min");
    Optional<Decimal128> max = amount(parameters, "max");
    requireOrder(parameters, "min", min, "max", max);
    min.map(least -> gte("amount", least)).ifPresent(conditions::add);
    max.map(most -> lte("amount", most)).ifPresent(conditions::add);
    Optional<Instant> from = time(parameters, "from");
    Optional<Instant> to = time(parameters, "to");
    requireOrder(parameters, "from", from, "to", to);
    from.map(first -> gte("event_time", first)).ifPresent(conditions::add);
    to.map(end -> lt("event_time", end)).ifPresent(conditions::add);
    return new CaseFilter(all(conditions));
  }

  /** This and another condition. */
  CaseFilter with(Bson condition) {
    return new CaseFilter(all(List.of(query, condition)));
  }

  private static Bson all(List<Bson> conditions) {
    return switch (conditions.size()) {
      case 0 -> new Document();
      case 1 -> conditions.get(0);
      default -> and(conditions);
    };
  }

  private static Optional<String> given(Map<String, String> parameters, String name) {
    return Optional.ofNullable(parameters.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .map(
            value -> {
              if (value.length() > LONGEST_TEXT) {
                throw new UnusableRequestException(
                    name + " is longer than " + LONGEST_TEXT + " characters.");
              }
              return value;
            });
  }

  private static Bson ofText(String text) {
    String quoted = SPECIAL.matcher(text).replaceAll("\\\\$0");
    return or(
        regex("_id", "^" + quoted),
        eq("card_last4", text),
        regex("card_token", "^" + quoted),
        regex("customer_id", "^" + quoted),
        regex("merchant", quoted, "i"));
  }

  private static Optional<Decimal128> amount(Map<String, String> parameters, String name) {
    return read(
        parameters,
        name,
        text -> new Decimal128(digits(text)),
        "not an amount; give a number such as 100.00");
  }

  /** Nothing is between the two if they are the wrong way round, and nobody asks for nothing. */
  private static <T extends Comparable<T>> void requireOrder(
      Map<String, String> parameters,
      String lowName,
      Optional<T> low,
      String highName,
      Optional<T> high) {
    if (low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) > 0) {
      throw new UnusableRequestException(
          "%s=%s is above %s=%s: exchange them."
              .formatted(lowName, parameters.get(lowName), highName, parameters.get(highName)));
    }
  }

  private static BigDecimal digits(String text) {
    if (!AMOUNT.matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    return new BigDecimal(text);
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Optional<Instant> time(Map<String, String> parameters, String name) {
    return read(
        parameters, name, Instant::parse, "not a time; give one such as 2026-01-02T12:00:00Z");
  }

  private static <T> Optional<T> read(
      Map<String, String> parameters, String name, Function<String, T> read, String otherwise) {
    return given(parameters, name)
        .map(
            text -> {
              try {
                return read.apply(text);
              } catch (IllegalArgumentException | DateTimeException e) {
                throw new UnusableRequestException(name + "=" + text + " is " + otherwise + ".");
              }
            });
  }
}
