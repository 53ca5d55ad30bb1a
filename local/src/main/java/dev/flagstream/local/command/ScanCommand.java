package dev.flagstream.local.command;

import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.scan.ClearNumberScan;
import dev.flagstream.local.settings.StackOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command "scan": whether a clear card number is anywhere past the input topic. */
@Command(
    name = "scan",
    description =
        "Looks for the card numbers of the input topic in everything else that the data folder"
            + " holds: topics, state, documents, logs. Exits with 1 if one is there.")
public final class ScanCommand implements Callable<Integer> {

  private static final int SHOWN = 20;

  @Mixin private StackOptions options;

  @Override
  public Integer call() {
    ClearNumberScan.Result result = ClearNumberScan.of(options.settings().data());
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
}
