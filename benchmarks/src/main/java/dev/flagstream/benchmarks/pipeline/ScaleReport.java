package dev.flagstream.benchmarks.pipeline;

import static dev.flagstream.report.PlainText.text;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The figures of a run as tables and sentences, for the screen and for the page of capacity. */
final class ScaleReport {

  private static final double BYTES_PER_MIB = 1 << 20;
  private static final double BYTES_PER_GB = 1e9;
  private static final double BYTES_PER_MB = 1e6;
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double SECONDS_PER_DAY = 86_400;
  private static final double SECONDS_PER_MINUTE = 60;
  private static final double PERCENT = 100;

  private static final Pattern CHANGELOG = Pattern.compile(".*CTAS_([A-Z_]+)_\\d+-.*-changelog");

  /** How much of a core may be used as a rule, so that a backlog can be worked off. */
  static final double USED_SHARE = 0.7;

  /** Of a customer of the simulation, a day. */
  static final double DAILY_PAYMENTS = 1.9;

  /** A real ksqlDB 8.3.1 warm, over an older shape of the same SQL; and its broker. */
  static final double KSQLDB_MICROS = 473;

  static final double KSQLDB_BROKER_MICROS = 97;

  private static final List<Integer> RATES = List.of(100, 1_000, 5_000, 20_000, 100_000);

  private ScaleReport() {}

  /** A table with a line for each result, and the laws under it. */
  static String axis(ScaleAxis axis, List<ScaleResult> results) {
    List<String> lines = new ArrayList<>();
    lines.add("```");
    lines.add(table(results));
    lines.add("```");
    lines.add("");
    ScaleLaw.sentences(axis, results).forEach(sentence -> lines.add("- " + sentence));
    if (axis == ScaleAxis.SERVERS) {
      for (ScaleResult result : results) {
        if (result.setup().servers() > 1) {
          lines.add("- " + shares(result));
        }
      }
    }
    for (ScaleResult result : results) {
      if (result.cards() < result.setup().cards()) {
        lines.add(
            text(
                "- Not reached: of %,d cards %,d had paid when the time for filling was over.",
                result.setup().cards(), result.cards()));
      }
      if (result.payments() < result.setup().payments()) {
        lines.add(
            text(
                "- Not reached: of %,d payments each card had made %,d when the time for filling"
                    + " was over.",
                result.setup().payments(), result.payments()));
      }
    }
    return String.join("\n", lines);
  }

  private static String shares(ScaleResult result) {
    return result.shares().stream()
            .map(share -> text("%.0f %%", PERCENT * share))
            .collect(Collectors.joining(" and "))
        + " is what each of the "
        + result.setup().servers()
        + " servers took of their CPU.";
  }

  private static String table(List<ScaleResult> results) {
    return AsciiTable.getTable(
        AsciiTable.NO_BORDERS,
        results,
        List.of(
            new Column().header("cards").with(each -> text("%,d", each.cards())),
            new Column().header("payments").with(each -> text("%,d", each.payments())),
            new Column().header("partitions").with(each -> text("%d", each.setup().partitions())),
            new Column().header("servers").with(each -> text("%d", each.setup().servers())),
            new Column().header("CPU µs").with(each -> text("%,.1f", each.serverMicros())),
            new Column().header("broker's").with(each -> text("%,.1f", each.brokerMicros())),
            new Column().header("per second").with(each -> text("%,.0f", each.perSecond())),
            new Column().header("MiB").with(each -> text("%,.0f", each.residentMib())),
            new Column()
                .header("state MiB")
                .with(each -> text("%,.0f", each.stateBytes() / BYTES_PER_MIB)),
            new Column().header("changelogs B").with(each -> text("%,.0f", each.changelogBytes())),
            new Column().header("back s").with(each -> text("%.1f", each.restoreSeconds())),
            new Column()
                .header("back CPU s")
                .with(each -> text("%.1f", each.restoreCpuSeconds()))));
  }

  /** Bytes of each topic a transaction, written and read. */
  static String topics(ScaleResult result) {
    SortedMap<String, String> topics = new TreeMap<>();
    result.bytesIn().keySet().forEach(topic -> topics.put(topic, name(topic)));
    result.bytesOut().keySet().forEach(topic -> topics.put(topic, name(topic)));
    List<String> lines = new ArrayList<>();
    lines.add("| topic | written, bytes a transaction | read |");
    lines.add("|---|---|---|");
    topics.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(
            topic ->
                lines.add(
                    text(
                        "| %s | %,.0f | %,.0f |",
                        topic.getValue(),
                        result.bytesIn().getOrDefault(topic.getKey(), 0.0),
                        result.bytesOut().getOrDefault(topic.getKey(), 0.0))));
    lines.add(
        text(
            "| **all** | **%,.0f** | **%,.0f** |",
            result.topicBytes() + result.changelogBytes(), result.readBytes()));
    return String.join("\n", lines);
  }

  private static String name(String topic) {
    Matcher changelog = CHANGELOG.matcher(topic);
    return changelog.matches()
        ? "`" + changelog.group(1).toLowerCase(Locale.ROOT) + "`, its changelog"
        : "`" + topic + "`";
  }

  /**
   * How fast state comes back, in bytes a second, by the two ends of the axis of cards; not a
   * number if many cards took no longer than few.
   */
  static double restoreBytesPerSecond(List<ScaleResult> cards) {
    double secondsPerCard = ScaleLaw.slope(ScaleAxis.CARDS, cards, ScaleResult::restoreSeconds);
    return secondsPerCard > 0
        ? cards.get(cards.size() - 1).cardRowBytes() / secondsPerCard
        : Double.NaN;
  }

  /**
   * What rates need.
   *
   * @param base a line as usual
   * @param cards the axis of cards
   * @param onePartition a line with one partition
   */
  static String needs(
      ScaleResult base, List<ScaleResult> cards, Optional<ScaleResult> onePartition) {
    double restore = restoreBytesPerSecond(cards);
    double diskPerCard = ScaleLaw.slope(ScaleAxis.CARDS, cards, ScaleResult::stateBytes);
    double rowPerCard = cards.get(cards.size() - 1).cardRowBytes();
    // The row is that of the changelog, which may be compressed where the one on disk is not.
    double baseOnDisk = base.cardRowBytes() * diskPerCard / rowPerCard;
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "Measured (%s): server %.0f µs of CPU a transaction, broker %.0f; %,.0f bytes to topics and"
                + " %,.0f to changelogs, %,.0f read; %,.0f MiB resident. A card with %d payments"
                + " within 30 days is %,.0f bytes of changelog, with one %,.0f%s.",
            base.setup(),
            base.serverMicros(),
            base.brokerMicros(),
            base.topicBytes(),
            base.changelogBytes(),
            base.readBytes(),
            base.residentMib(),
            base.payments(),
            base.cardRowBytes(),
            rowPerCard,
            diskPerCard > 0
                ? text(
                    ", which take %,.0f on disk: %,.0f for the former, if in proportion",
                    diskPerCard, baseOnDisk)
                : "; what it takes on disk cannot be told"));
    lines.add("");
    lines.add(
        Double.isNaN(restore)
            ? "Many cards came back no later than few: how fast state comes back cannot be told."
            : text(
                "State comes back at %,.0f MB a second, beside %.1f s that a start takes with next to"
                    + " none.",
                restore / BYTES_PER_MB, cards.get(0).restoreSeconds()));
    onePartition.ifPresent(
        one ->
            lines.add(
                text(
                    "One partition carried %,.0f transactions a second, on the cores that all queries"
                        + " and the broker shared.",
                    one.perSecond())));
    lines.add("");
    lines.add(
        "| transactions a second | cores, our server | cores, its broker | cores, ksqlDB (older SQL) | cores, its broker | partitions, at least | into the broker, MB/s | out of it, MB/s | topics a day, GB | cards | their state, GB | to restore it all, minutes |");
    lines.add("|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (int rate : RATES) {
      double many = rate * SECONDS_PER_DAY / DAILY_PAYMENTS;
      lines.add(
          text(
              "| %,d | %s | %s | %s | %s | %s | %,.1f | %,.1f | %,.0f | %,.0f million | %s | %s |",
              rate,
              cores(rate, base.serverMicros()),
              cores(rate, base.brokerMicros()),
              cores(rate, KSQLDB_MICROS),
              cores(rate, KSQLDB_BROKER_MICROS),
              onePartition
                  .map(one -> text("%,.0f", Math.ceil(rate / USED_SHARE / one.perSecond())))
                  .orElse("?"),
              rate * (base.topicBytes() + base.changelogBytes()) / BYTES_PER_MB,
              rate * base.readBytes() / BYTES_PER_MB,
              rate * base.topicBytes() * SECONDS_PER_DAY / BYTES_PER_GB,
              many / MICROS_PER_SECOND,
              diskPerCard > 0 ? text("%,.0f", many * baseOnDisk / BYTES_PER_GB) : "?",
              Double.isNaN(restore)
                  ? "?"
                  : text("%,.0f", many * base.cardRowBytes() / restore / SECONDS_PER_MINUTE)));
    }
    return String.join("\n", lines);
  }

  private static String cores(int rate, double micros) {
    return text("%,.1f", rate * micros / MICROS_PER_SECOND / USED_SHARE);
  }
}
