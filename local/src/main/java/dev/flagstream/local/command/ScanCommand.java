package dev.flagstream.local.command;

import static dev.flagstream.report.PlainText.counted;

import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.scan.ClearNumberScan;
import dev.flagstream.local.scan.PersonScan;
import dev.flagstream.local.settings.StackOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command "scan": whether a clear card number is anywhere past the input topic. */
@Command(
    name = "scan",
    description =
        "Looks for the card numbers of the input topic in everything else that the data folder"
            + " holds: topics, state, documents, logs. Exits with 1 if one is there. With --customer"
            + " it tells where a person is named, and exits with 0.")
public final class ScanCommand implements Callable<Integer> {

  private static final int SHOWN = 20;

  @Mixin private StackOptions options;

  @Option(
      names = "--customer",
      paramLabel = "ID",
      description =
          "Looks for this customer instead, by id, card numbers and card tokens, also in the"
              + " input topic.")
  private String customer;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (customer != null) {
      if (customer.isBlank()) {
        throw new ParameterException(
            spec.commandLine(), "Name the customer, as in: make scan CUSTOMER=C0000042");
      }
      return lookFor(customer);
    }
    ClearNumberScan.Result result = ClearNumberScan.of(options.settings());
    System.out.printf(
        "Looked for %,d card numbers in %,d records of %,d topics, %,d entries of tables and"
            + " documents, and %,d other files.%n",
        result.numbers(), result.records(), result.topics(), result.entries(), result.files());
    result.findings().stream()
        .limit(SHOWN)
        .forEach(
            each ->
                System.out.printf(
                    "✗ %s: a number that ends in %s%n", each.place(), each.lastFour()));
    if (result.findings().size() > SHOWN) {
      System.out.printf("… and %,d places more%n", result.findings().size() - SHOWN);
    }
    System.out.println(
        result.findings().isEmpty()
            ? "✓ None of them is there in clear."
            : "Clear card numbers are past the input topic.");
    return result.findings().isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private int lookFor(String person) {
    PersonScan.Result result = PersonScan.of(options.settings(), person);
    System.out.printf(
        "Looked for customer %s by %s in every byte of %s.%n",
        person, counted(result.identifiers(), "identifier"), options.settings().data());
    if (!result.hasCards()) {
      System.out.println(
          "The input topic has no card of that customer, so only the id itself was looked for. Is it"
              + " written as in customer_id?");
    }
    result.places().forEach((place, count) -> System.out.printf("  %,7d in %s%n", count, place));
    System.out.println(
        result.places().isEmpty()
            ? "✓ None of them is there."
            : "Files hold what was deleted until Kafka and the stores have tidied up: segments that"
                + " are full, tables that are compacted.");
    return ExitCodes.OK;
  }
}
