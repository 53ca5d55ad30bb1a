package dev.flagstream.client.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class CommandLinesTest {

  enum Drink {
    TEA
  }

  @Command(name = "kitchen")
  static class Kitchen implements Callable<Integer> {

    @Option(names = "--drink")
    private Drink drink;

    @Option(names = "--cups")
    private int cups;

    @Option(names = "--grains")
    private Long grains;

    @Option(names = "--litres")
    private double litres;

    @Command(name = "serve")
    int serve() {
      return 0;
    }

    @Override
    public Integer call() throws IOException {
      if (drink == Drink.TEA) {
        throw new IOException("The kettle leaks");
      }
      return 0;
    }
  }

  private final StringWriter said = new StringWriter();

  @Test
  void aWrongOptionIsASentenceAndWhereTheHelpIs() {
    assertThat(run("serve", "--frob")).isEqualTo(2);
    assertThat(said.toString().lines())
        .containsExactly("error: Unknown option: '--frob'", "See kitchen serve --help.");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "--cups=two, 'two' is not a whole number",
        "--cups=1.5, '1.5' is not a whole number",
        "--cups=3000000000, '3000000000' is too large a number",
        "--grains=-, '-' is not a whole number",
        "--grains=9223372036854775808, '9223372036854775808' is too large a number",
        "--litres=much, 'much' is not a number",
      })
  void whatIsNoNumberIsToldInWordsOfPeople(String argument, String why) {
    assertThat(run(argument)).isEqualTo(2);
    assertThat(said.toString())
        .startsWith(
            "error: Invalid value for option '%s': %s"
                .formatted(argument.substring(0, argument.indexOf('=')), why));
  }

  @Test
  void takesNumbersOfEachKind() {
    Kitchen kitchen = new Kitchen();

    CommandLines.of(kitchen)
        .parseArgs("--cups=-2147483648", "--grains=+9223372036854775807", "--litres=0.5e-3");

    assertThat(kitchen.cups).isEqualTo(Integer.MIN_VALUE);
    assertThat(kitchen.grains).isEqualTo(Long.MAX_VALUE);
    assertThat(kitchen.litres).isEqualTo(0.5e-3);
  }

  @Test
  void namesTheOptionThatMayHaveBeenMeant() {
    assertThat(run("--dring=TEA")).isEqualTo(2);
    assertThat(said.toString()).contains("Possible solutions: --drink");
  }

  @Test
  void whatNobodyExpectedIsASentenceAndItsTraceLiesInAFile() throws Exception {
    assertThat(run("--drink=tea")).isEqualTo(1);
    Matcher sentence =
        Pattern.compile(
                "error: kitchen failed: The kettle leaks\\. What led to it is in (\\S+); a report"
                    + " of this should hold that file\\.\\R")
            .matcher(said.toString());
    assertThat(sentence.matches()).as(said.toString()).isTrue();
    Path trace = Path.of(sentence.group(1));
    assertThat(trace).content().contains("at " + Kitchen.class.getName() + ".call");
    Files.delete(trace);
  }

  private int run(String... arguments) {
    return CommandLines.of(new Kitchen()).setErr(new PrintWriter(said, true)).execute(arguments);
  }
}
