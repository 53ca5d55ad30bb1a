package dev.flagstream.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstream.local.scan.ClearNumberScan;
import dev.flagstream.reliability.Fault.Kind;
import dev.flagstream.reliability.FaultRunner.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Writes what crash tests have shown as a page, in four classes of how far it can be relied on. */
final class ReliabilityReport {

  private static final double GOAL_SECONDS = 10;

  private ReliabilityReport() {}

  /** An outcome for the screen. */
  static String line(Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "%6.1f s  %s%s: answers after %.1f s, %s",
        outcome.atSecond(),
        outcome.fault().words(),
        outcome.seen().isEmpty() ? "" : " (" + outcome.seen() + ")",
        outcome.backSeconds(),
        outcome.blocked()
            ? "BLOCKED"
            : String.format(Locale.ROOT, "caught up %.1f s later", outcome.caughtUpSeconds()));
  }

  /**
   * Writes the page.
   *
   * @param runs those that it tells of, in its order
   */
  static void write(Path file, List<QualifiedRun> runs) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, String.join("\n", page(runs)) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  private static List<String> page(List<QualifiedRun> runs) {
    List<CrashTest.Result> results = runs.stream().map(QualifiedRun::result).toList();
    List<String> lines = new ArrayList<>();
    lines.add("# What survives what");
    lines.add("");
    lines.add(
        "Written by "
            + runs.stream()
                .map(run -> "`" + run.command() + "` (" + run.day() + ")")
                .distinct()
                .collect(Collectors.joining(" and "))
            + ". Broker, store, SQL server, Connect worker and generator ran as");
    lines.add(
        "processes of their own; each seed is a schedule of faults. Numbered transactions from a process that no");
    lines.add(
        "fault touches were among the generator's, a twelfth of them hostile, others late, early or of other schemas,");
    lines.add(
        "half of all on one card. After the faults `make ledger` checked the books in a process of its own, with a heap of "
            + Pipeline.LEDGER_HEAP_MB
            + " MiB: "
            + results.stream()
                .map(
                    result ->
                        String.format(
                            Locale.ROOT,
                            "%,d transactions in %.0f s",
                            number(result.ledger(), "in"),
                            result.ledgerSeconds()))
                .collect(Collectors.joining(", "))
            + ".");
    lines.add("");
    lines.add("What runs have found, and what became of it: [findings](reliability-findings.md).");
    lines.add("");
    lines.addAll(books(results));
    lines.add("");
    lines.add("## Shown");
    lines.add("");
    lines.add(
        "Per fault, over all seeds. *Lost*, *duplicated* and *wrong* are those of the books of all runs in which it");
    lines.add(
        "occurred. *Answers*: from the start of what was hit; *caught up*: from then until new transactions were in MongoDB, one of each of the");
    lines.add(
        "six cards and one that is flagged, with its window; *blocked*: nothing new at all was there for five minutes, or these were not for thirty.");
    lines.add("");
    lines.add(
        "| fault | times | lost | duplicated | wrong | blocked | answers, at most | caught up, median | at most |");
    lines.add("|---|---|---|---|---|---|---|---|---|");
    shown(results).forEach((words, outcomes) -> lines.add(row(words, outcomes, results)));
    lines.add("");
    lines.add("What was seen at the named points:");
    lines.add("");
    results.forEach(
        result ->
            result.outcomes().stream()
                .filter(outcome -> outcome.fault().kind().isNamed())
                .forEach(
                    outcome ->
                        lines.add(
                            "- seed "
                                + result.seed()
                                + ", "
                                + outcome.fault().words()
                                + ": "
                                + outcome.seen())));
    lines.add("");
    lines.addAll(bounded(results));
    lines.add("");
    lines.addAll(notQualified(results));
    return lines;
  }

  private static List<String> books(List<CrashTest.Result> results) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| seed | outcome | minutes | faults | in | flagged | cleared | rejected | missing | duplicated | different | windows wrong, of | dead letters | acknowledged and lost, of | card numbers in clear | counter-example: duplicates |");
    lines.add("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (CrashTest.Result result : results) {
      JsonNode ledger = result.ledger();
      lines.add(
          String.format(
              Locale.ROOT,
              "| %d | %s | %.1f | %s | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d of %,d | %,d | %,d of %,d | %s | %,d of %,d |",
              result.seed(),
              result.passed() ? "passed" : "**FAILED**",
              result.seconds() / 60,
              faults(result.outcomes()),
              number(ledger, "in"),
              number(ledger, "flagged"),
              number(ledger, "cleared"),
              rejected(result),
              differences(result, "missing"),
              differences(result, "duplicated"),
              differences(result, "different"),
              number(ledger.path("windows"), "count"),
              number(ledger, "windowsCompared"),
              number(ledger, "deadLetters"),
              result.acknowledgedAndLost(),
              result.acknowledged(),
              clear(result),
              result.counterExampleDuplicates(),
              result.counterExampleDocuments()));
    }
    lines.add("");
    for (CrashTest.Result result : results) {
      lines.add(
          "- seed "
              + result.seed()
              + ", rejected: "
              + result.ledger().path("rejected").properties().stream()
                  .map(each -> "%,d %s".formatted(each.getValue().asLong(), each.getKey()))
                  .collect(Collectors.joining(", ")));
    }
    lines.add("");
    lines.add(
        "The *counter-example* is the same sink with the default `document.id.strategy`, which makes an id for each record:");
    lines.add(
        "what Connect delivers again after a crash appears twice. It is removed once it has shown that. *Card numbers in clear* were looked for in every topic");
    lines.add(
        "but the input, aborted records included, in every state and document, and in every file, by `make scan`: "
            + results.stream()
                .map(
                    result ->
                        String.format(
                            Locale.ROOT,
                            "%,d numbers in %,d records, %,d entries of tables and documents and %,d other files",
                            result.clear().numbers(),
                            result.clear().records(),
                            result.clear().entries(),
                            result.clear().files()))
                .collect(Collectors.joining("; "))
            + ".");
    return lines;
  }

  private static String clear(CrashTest.Result result) {
    List<ClearNumberScan.Finding> findings = result.clear().findings();
    return findings.isEmpty()
        ? "none"
        : "%,d, the first in %s".formatted(findings.size(), findings.get(0).place());
  }

  /** How many there were, and how many of them did not hit what they name. */
  private static String faults(List<Outcome> outcomes) {
    long notMet = outcomes.stream().filter(outcome -> !outcome.met()).count();
    return outcomes.size() + (notMet == 0 ? "" : ", %d of them not met".formatted(notMet));
  }

  private static long rejected(CrashTest.Result result) {
    long count = 0;
    for (JsonNode each : required(result.ledger(), "rejected")) {
      count += each.asLong();
    }
    return count;
  }

  private static long differences(CrashTest.Result result, String name) {
    long count = 0;
    for (JsonNode each : required(result.ledger(), name)) {
      count += number(each.path("ids"), "count");
    }
    return count;
  }

  private static long number(JsonNode node, String name) {
    return required(node, name).asLong();
  }

  /** What is not there is no zero. */
  private static JsonNode required(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new IllegalStateException("The ledger's figures have no " + name + ": " + node);
    }
    return value;
  }

  private static Map<String, List<Outcome>> shown(List<CrashTest.Result> results) {
    return results.stream()
        .map(CrashTest.Result::outcomes)
        .flatMap(Collection::stream)
        .filter(Outcome::met)
        .sorted(
            java.util.Comparator.comparing((Outcome outcome) -> outcome.fault().kind())
                .thenComparing(outcome -> outcome.fault().part()))
        .collect(
            Collectors.groupingBy(
                outcome -> outcome.fault().words(), LinkedHashMap::new, Collectors.toList()));
  }

  private static String row(String words, List<Outcome> outcomes, List<CrashTest.Result> results) {
    List<CrashTest.Result> with =
        results.stream()
            .filter(result -> result.outcomes().stream().anyMatch(outcomes::contains))
            .toList();
    double[] caughtUp =
        outcomes.stream()
            .filter(outcome -> !outcome.blocked())
            .mapToDouble(Outcome::caughtUpSeconds)
            .sorted()
            .toArray();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %d | %.1f s | %s | %s |",
        words,
        outcomes.size(),
        with.stream().mapToLong(each -> differences(each, "missing")).sum(),
        with.stream().mapToLong(each -> differences(each, "duplicated")).sum(),
        with.stream()
            .mapToLong(
                each ->
                    differences(each, "different") + number(each.ledger().path("windows"), "count"))
            .sum(),
        outcomes.stream().filter(Outcome::blocked).count(),
        outcomes.stream().mapToDouble(Outcome::backSeconds).max().orElse(0),
        caughtUp.length == 0 ? "never" : seconds(medianOf(caughtUp)),
        caughtUp.length == 0 ? "never" : seconds(caughtUp[caughtUp.length - 1]));
  }

  /** The middle one of sorted values; of an even number, the mean of the two in the middle. */
  private static double medianOf(double[] sorted) {
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  private static List<String> bounded(List<CrashTest.Result> results) {
    List<String> lines = new ArrayList<>();
    List<Outcome> all =
        results.stream()
            .flatMap(result -> result.outcomes().stream())
            .filter(Outcome::met)
            .toList();
    long late =
        all.stream()
            .filter(outcome -> outcome.blocked() || outcome.caughtUpSeconds() > GOAL_SECONDS)
            .count();
    lines.add("## Bounded");
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "- Caught up within %.0f s of the return: %d of %d faults. A consumer that was killed is given up after 6 s"
                + " (`session.timeout.ms`), a transaction that was left open after 10 s (`transaction.timeout.ms`).",
            GOAL_SECONDS,
            all.size() - late,
            all.size()));
    lines.add(
        "- Windows into which late, irregular or later transactions may fall are not compared: "
            + results.stream()
                .map(
                    result ->
                        result.ledger().path("windowsLeftOpen").asText()
                            + " (seed "
                            + result.seed()
                            + ")")
                .collect(Collectors.joining(", "))
            + ".");
    lines.add(
        "- A transaction that a producer sends twice, by a new record, is decided and counted once, and rejected the second time, as far as its card has kept its id: for a day, or longer where all that its features know is alike. Under another card it is decided once more.");
    return lines;
  }

  private static List<String> notQualified(List<CrashTest.Result> results) {
    List<String> lines = new ArrayList<>();
    lines.add("## Not qualified");
    lines.add("");
    lines.add("Nothing is claimed of these; no run has tried them:");
    lines.add("");
    if (!occurred(results, Kind::isOfClock)) {
      lines.add(
          "- steps of the clock, for which libfaketime has to be installed (`reliability/install-faketime.sh`);");
    }
    if (!occurred(results, kind -> kind == Kind.CUT || kind == Kind.CUT_RESET)) {
      lines.add("- a network that is cut while both sides live;");
    }
    lines.addAll(neverTried());
    return lines;
  }

  private static boolean occurred(List<CrashTest.Result> results, Predicate<Kind> which) {
    return results.stream()
        .flatMap(result -> result.outcomes().stream())
        .anyMatch(outcome -> which.test(outcome.fault().kind()));
  }

  private static List<String> neverTried() {
    return List.of(
        "- a disk that is slow rather than the process, and a network that loses, repeats or reorders single packets;",
        "- a connection that is begun while the network is cut: it looks established here, and its first bytes wait;",
        "- a disk that is full for real: the fault lets each write to a file fail, by the limit on the size of files (`prlimit --fsize`), which a program sees as another error;",
        "- loss of power: `kill -9` leaves the operating system's memory, and a single broker does not force its log to disk;",
        "- several brokers, SQL servers or Connect workers, and a MongoDB replica set;",
        "- ksqlDB itself: these runs are of the local engine.",
        "",
        "## Unknown",
        "",
        "- Points between any two instructions that no random moment has hit. A named point is met only as far as it was seen from outside the process.",
        "- Runs longer or faster than those above.");
  }
}
