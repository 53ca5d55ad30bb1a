package dev.flagstream.generator.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The command with {@code --dry-run}: everything but Kafka and the SQL server. */
class ReplayCommandTest {

  private static final String HANDBOOK =
      """
      TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO
      0,2018-04-01 00:00:31,596,3156,57.16,0,0
      1,2018-04-01 00:02:10,4961,3412,481.51,1,1
      """;

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @Test
  void makesRowsAndAStatementOfAnyFile() throws IOException {
    int exitCode =
        replay(
            write(
                "my-trades 1.csv",
                """
                id,when,price,zip,ok,odd name,note
                1,2018-04-01 00:00:31,5.5,02134,true,x,
                2,2018-04-01 00:00:32,7.25,10001,FALSE,"y, z",end
                """),
            "--key",
            "id",
            "--time-column",
            "WHEN");

    assertThat(exitCode).isZero();
    assertThat(rows())
        .containsExactly(
            "{\"when\":1522540831000,\"price\":5.50,\"zip\":\"02134\",\"ok\":true,"
                + "\"odd name\":\"x\"}",
            "{\"when\":1522540832000,\"price\":7.25,\"zip\":\"10001\",\"ok\":false,"
                + "\"odd name\":\"y, z\",\"note\":\"end\"}");
    assertThat(err.toString())
        .contains(
            """
            CREATE STREAM my_trades_1 (
              id INTEGER KEY,
              `when` TIMESTAMP,
              price DECIMAL(18, 2),
              zip VARCHAR,
              ok BOOLEAN,
              `odd name` VARCHAR,
              note VARCHAR
            ) WITH (
              KAFKA_TOPIC  = 'my_trades_1',
              KEY_FORMAT   = 'KAFKA',
              VALUE_FORMAT = 'JSON',
              TIMESTAMP    = '`when`'
            );
            """)
        .contains("event time by when, a date and time");
  }

  @Test
  void makesTransactionsOfAKnownLayoutAndKeepsTheLabelsOut() throws IOException {
    int exitCode = replay(write("handbook.csv", HANDBOOK));

    assertThat(exitCode).isZero();
    assertThat(rows()).hasSize(2).allSatisfy(row -> assertThat(row).doesNotContain("raud"));
    assertThat(rows().get(0))
        .startsWith("{\"transaction_id\":\"handbook-0\",\"card_number\":\"")
        .endsWith(
            "\"customer_id\":\"596\",\"amount\":57.16,\"merchant_id\":\"3156\","
                + "\"timestamp\":1522540831000}");
    assertThat(err.toString())
        .contains("has the layout of the Fraud Detection Handbook")
        .contains("frauds 1: each at once in fraud_truth; in fraud_labels the 1 that are reported");
  }

  @Test
  void keepsLabelAndScenarioOfAKnownLayoutOutOfItsRowsToo() throws IOException {
    int exitCode = replay(write("handbook.csv", HANDBOOK), "--as", "rows");

    assertThat(exitCode).isZero();
    assertThat(rows()).hasSize(2).allSatisfy(row -> assertThat(row).doesNotContain("FRAUD"));
    assertThat(err.toString()).doesNotContain("TX_FRAUD").contains("frauds 1: ");
  }

  @Test
  void givesUlbsColumnsTheirTypesAndRowsAnIdForTheirLabels() throws IOException {
    int exitCode =
        replay(
            write(
                "creditcard.csv",
                """
                "Time","V1","V2","V28","Amount","Class"
                0,-1,2,3,149.62,"0"
                1e+05,1.5,-5.6e-05,4,2,"1"
                """));

    assertThat(exitCode).isZero();
    assertThat(rows())
        .containsExactly(
            "{\"row_id\":\"creditcard-2\",\"Time\":0,\"V1\":-1,\"V2\":2,\"V28\":3,"
                + "\"Amount\":149.62}",
            "{\"row_id\":\"creditcard-3\",\"Time\":100000.0,\"V1\":1.5,\"V2\":-5.6E-5,\"V28\":4,"
                + "\"Amount\":2.00}");
    assertThat(err.toString())
        .contains("  V1 DOUBLE,\n  V2 DOUBLE,\n  V28 DOUBLE,\n  Amount DECIMAL(18, 2)\n")
        .contains("event time by Time, in s since 2013-09-01T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "1522540831000, BIGINT, '', in ms since 1970",
    "1522540831, INTEGER, '', in s since 1970",
    "31, INTEGER, 2018-04-01, in s since 2018-04-01T00:00:00Z",
  })
  void tellsWhatATimeColumnCountsByItsSizeThoughSomeTimesAreZero(
      String time, String type, String start, String description) throws IOException {
    StringBuilder csv = new StringBuilder("t,a\n0,x\n");
    csv.append((time + ",x\n").repeat(20));
    List<String> options = new ArrayList<>(List.of("--time-column", "t"));
    if (!start.isEmpty()) {
      options.addAll(List.of("--start-time", start));
    }

    assertThat(replay(write("file.csv", csv.toString()), options.toArray(String[]::new))).isZero();

    assertThat(err.toString()).contains("t " + type).contains("event time by t, " + description);
    assertThat(err.toString().contains("TIMESTAMP    = 't'")).isEqualTo(type.equals("BIGINT"));
  }

  @Test
  void keepsALabelThatTheUserWantsToKeep() throws IOException {
    replay(write("handbook.csv", HANDBOOK), "--label", "");

    assertThat(rows().get(1)).contains("\"TX_FRAUD\":1,\"TX_FRAUD_SCENARIO\":1");
  }

  @Test
  void saysWhichTopicTheRowsGoToAndWhatTheyLackForTransactions() throws IOException {
    replay(
        write(
            "payments.csv",
            "transaction_id,card_number,amount,timestamp\nt1,4242424242424242,1.50,1767355200000\n"));
    replay(write("own.csv", "a,b\n1,2\n"));
    replay(write("handbook.csv", HANDBOOK), "--key", "CUSTOMER_ID");

    assertThat(err.toString())
        .contains(
            "its rows go to the topic payments, a stream of their own, and not through the"
                + " pipeline: as card transactions with the layout of Flagstream's transactions"
                + " they would need the columns customer_id as well")
        .contains("the topic own,", "the header is none of the known layouts")
        .contains("the topic handbook,", "without them they would become card transactions");
  }

  @Test
  void rejectsRowsThatAreNotOfTheirColumnsTypesAndTellsSoByItsExitCode() throws IOException {
    String good = "x,1\n".repeat(2_000);
    Path file = write("file.csv", "name,n\n" + good + "4242424242424242,secret\nx\n");

    int exitCode = replay(file);

    assertThat(exitCode).isEqualTo(3);
    assertThat(rows()).hasSize(2_000);
    assertThat(Files.readAllLines(folder.resolve("file.csv.rejected.csv")))
        .containsExactly(
            "file,line,reason,row",
            file + ",2002,column n is not INTEGER,\"4242424242424242,secret\"",
            file + ",2003,has 1 fields instead of 2,x");
    assertThat(err.toString())
        .contains("sent 2,000 rows")
        .contains("rejected 2")
        .contains("see " + file + ".rejected.csv");
  }

  @Test
  void goesOnWithGoodRowsAfterABadOneInTheMiddleOfAnObject() throws IOException {
    Path file = write("file.csv", "a,b,c\n1,2,3\n1,x,3\n4,5,6\n");

    int exitCode = replay(file, "--type", "b=INTEGER");

    assertThat(exitCode).isEqualTo(3);
    assertThat(rows()).containsExactly("{\"a\":1,\"b\":2,\"c\":3}", "{\"a\":4,\"b\":5,\"c\":6}");
  }

  @Test
  void removesTheRejectsOfAnEarlierReplay() throws IOException {
    Path file = write("file.csv", "a,b\n1,2\n3\n");
    assertThat(replay(file)).isEqualTo(3);
    assertThat(folder.resolve("file.csv.rejected.csv")).exists();

    write("file.csv", "a,b\n1,2\n");
    assertThat(replay(file)).isZero();

    assertThat(folder.resolve("file.csv.rejected.csv")).doesNotExist();
  }

  @Test
  void neverWritesRejectsOverAFileOfAnotherKind() throws IOException {
    Path notes = write("notes.txt", "mine");

    int exitCode = replay(write("file.csv", "a,b\n1,2\n3\n"), "--rejects", notes.toString());

    assertThat(exitCode).isEqualTo(1);
    assertThat(notes).hasContent("mine");
    assertThat(err.toString()).contains("error: rejected rows cannot go to " + notes);
  }

  @Test
  void neverWritesRejectsOverAFileThatIsReplayed() throws IOException {
    Path file = write("file.csv", "a,b\n1,2\n");
    Path earlier = write("file.csv.rejected.csv", "file,line,reason,row\nfile.csv,3,why,x\n");

    int exitCode = replay(List.of(file.toString(), earlier.toString()));

    assertThat(exitCode).isEqualTo(1);
    assertThat(earlier).content().startsWith("file,line,reason,row\n");
    assertThat(err.toString()).contains("error: rejected rows cannot go to " + earlier);
  }

  @Test
  void saysBeforeAnythingIsSentThatRejectsHaveNoFolder() throws IOException {
    Path rejects = folder.resolve("none").resolve("rejects.csv");

    int exitCode = replay(write("file.csv", "a\n1\n"), "--rejects", rejects.toString());

    assertThat(exitCode).isEqualTo(1);
    assertThat(out.size()).isZero();
    assertThat(err.toString()).contains("error: ").contains("there is no folder " + folder);
  }

  @Test
  void saysHowManyRowsWereSentBeforeItFailed() throws IOException {
    Path file = write("file.csv", "a,b\n1,2\n3,4\n5\n6,7\n");
    Path rejects = Files.createDirectory(folder.resolve("away")).resolve("rejects.csv");
    CommandLine command =
        new CommandLine(
            new ReplayCommand(
                new PrintStream(out, false, StandardCharsets.UTF_8) {
                  @Override
                  public void write(byte[] bytes, int from, int length) {
                    super.write(bytes, from, length);
                    rejects.getParent().toFile().delete();
                  }
                }));
    command.setErr(new PrintWriter(err));

    int exitCode =
        command.execute(file.toString(), "--dry-run", "--speed=1", "--rejects", rejects.toString());

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString())
        .contains("sent 2 rows before it failed")
        .contains("error: cannot write rejected rows to " + rejects);
  }

  @Test
  void countsTheBadRowsOfAFileWithoutAGoodOne() throws IOException {
    Path file = write("file.csv", "a,b\n1\n1,2,3\n");

    assertThat(replay(file)).isEqualTo(3);

    assertThat(err.toString()).contains("has no good rows").contains("rejected 2");
    assertThat(Files.readAllLines(folder.resolve("file.csv.rejected.csv"))).hasSize(3);
  }

  @Test
  void saysThatAFileWithoutARowBrokeOff() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("a,b\n".getBytes(UTF_8));
    }
    Path file = folder.resolve("cut.csv.gz");
    Files.write(file, Arrays.copyOf(packed.toByteArray(), packed.size() - 4));

    assertThat(replay(file)).isEqualTo(1);

    assertThat(err.toString())
        .contains(
            "error: " + file + " cannot be read beyond line 2: the packed file is cut off there");
  }

  @Test
  void rejectsTransactionsWhoseTimesTheTopicCannotHave() throws IOException {
    Path file =
        write(
            "own.csv",
            """
            transaction_id,card_number,customer_id,amount,timestamp,is_fraud
            t1,4242424242424242,C1,1,1522540831000,1
            t2,4242424242424242,C1,1,-1,1
            t3,4242424242424242,C1,1,9223372036854775807,1
            """);

    assertThat(replay(file)).isEqualTo(3);

    assertThat(rows()).hasSize(1);
    assertThat(folder.resolve("own.csv.rejected.csv"))
        .content()
        .contains("3,timestamp is not within 1970 to 2099,")
        .contains("4,timestamp is not within 1970 to 2099,");
  }

  @Test
  void writesABadFirstRowUnderAGivenHeaderOnce() throws IOException {
    Path file = write("own.csv", "t0\nt1,4242424242424242,C1,1,1522540831000\n");

    int exitCode =
        replay(file, "--header", "transaction_id,card_number,customer_id,amount,timestamp");

    assertThat(exitCode).isEqualTo(3);
    assertThat(Files.readAllLines(folder.resolve("own.csv.rejected.csv"))).hasSize(2);
  }

  @Test
  void rejectsALabelledRowWhoseIdMeansNull() throws IOException {
    Path file =
        write("file.csv", "row_id,at,bad\n a,2018-04-01 00:00:31,1\n-,2018-04-01 00:00:32,1\n");

    int exitCode = replay(file, "--label", "bad", "--time-column", "at", "--null", "-");

    assertThat(exitCode).isEqualTo(3);
    assertThat(rows()).hasSize(1);
    assertThat(folder.resolve("file.csv.rejected.csv"))
        .content()
        .contains("column row_id is empty");
  }

  @Test
  void fitsFurtherFilesIntoTheStreamOfTheFirst() throws IOException {
    int exitCode =
        replay(
            List.of(
                write("one.csv", "a,b\n1.5,x\n").toString(),
                write("two.csv", "c,a\n7,2\n").toString(),
                write("three.csv", "a,b,c\n,y,8\n").toString()));

    assertThat(exitCode).isZero();
    assertThat(rows())
        .containsExactly("{\"a\":1.5,\"b\":\"x\"}", "{\"c\":7,\"a\":2}", "{\"b\":\"y\",\"c\":8}");
    assertThat(err.toString())
        .contains("CREATE STREAM one (\n  a DOUBLE,\n  b VARCHAR\n)")
        .contains("two.csv has no column b: NULL in its rows")
        .containsOnlyOnce(
            "CREATE OR REPLACE STREAM one (\n  a DOUBLE,\n  b VARCHAR,\n  c INTEGER\n)");
  }

  @Test
  void refusesAFileThatChangesATypeBeforeAnythingIsSent() throws IOException {
    Path one = write("one.csv", "a\n1\n");
    Path two = write("two.csv", "a\nx\n");

    int exitCode = replay(List.of(one.toString(), two.toString()));

    assertThat(exitCode).isEqualTo(1);
    assertThat(out.size()).isZero();
    assertThat(err.toString())
        .contains("error: column a is VARCHAR in " + two + ", but INTEGER in " + one);
  }

  @Test
  void sendsNothingOfAFileThatHasOnlyAHeader() throws IOException {
    assertThat(replay(write("file.csv", "a,b\n"))).isZero();

    assertThat(err.toString()).contains("has no rows").doesNotContain("CREATE STREAM");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--key nope               | --key names column nope, which",
        "--time-column n          | column n of",
        "--label n                | --label needs --time-column",
        "--scenario n             | --scenario needs --label",
        "--scenario n --key n     | --scenario needs --label",
        "--type nope=DOUBLE       | --type names column nope, which no file with rows has",
        "--as transactions        | is of no known layout"
      })
  void refusesWhatTheFileCannotBe(String arguments, String message) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments.strip().split(" ")));
    all.add(0, write("file.csv", "n,m\n1,2\n").toString());

    assertThat(replay(all)).isEqualTo(1);

    assertThat(err.toString()).contains("error: ").contains(message);
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--speed quick             | 'quick' is not a speed",
        "--speed 0                 | '0' is not a speed",
        "--time-unit weeks         | 'weeks' is not a unit of time: give one of epoch-ms, epoch-s",
        "--start-time noon         | 'noon' is not a time",
        "--label-delay soon        | 'soon' is not a duration",
        "--type n=TEXT             | 'TEXT' is not a column type",
        "--type n=DECIMAL(2,3)     | a DECIMAL has 1 or more digits",
        "--encoding utf-9          | 'utf-9' is not an encoding that Java knows",
        "--delimiter ,,            | ',,' is not a delimiter",
        "--stream my-stream        | 'my-stream' is not a name for a stream",
        "--as transactions --key n | --as transactions goes without options about a stream",
        "--stream from             | 'from' is not a name for a stream",
        "--header=                 | '' names no columns",
        "--sql-server localhost:88 | 'localhost:88' is no SQL server: give its URL",
        "--sql-server http:/x      | 'http:/x' is no SQL server: give its URL",
        "--count 0                 | Invalid value for option '--count'",
        "--infer-rows 0            | Invalid value for option '--infer-rows'"
      })
  void refusesWrongOptionsInAWord(String arguments, String message) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments.strip().split(" ")));
    all.add(0, write("file.csv", "n\n1\n").toString());

    assertThat(replay(all)).isEqualTo(2);

    assertThat(err.toString()).contains(message);
    assertThat(out.size()).isZero();
  }

  @Test
  void sendsWhatCanBeReadOfATruncatedFileAndSaysThatItIs() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      Random random = new Random(3);
      gzip.write("a,b\n".getBytes(UTF_8));
      for (int i = 0; i < 50_000; i++) {
        gzip.write((random.nextInt() + "," + random.nextInt() + "\n").getBytes(UTF_8));
      }
    }
    Path file = folder.resolve("cut.csv.gz");
    Files.write(file, Arrays.copyOf(packed.toByteArray(), packed.size() / 2));

    assertThat(replay(file)).isEqualTo(1);

    assertThat(rows()).hasSizeGreaterThan(1_000);
    assertThat(err.toString()).contains("error: " + file + " cannot be read beyond line ");
  }

  @Test
  void saysThatNoSqlServerAnswersBeforeAnythingIsSent() throws IOException {
    CommandLine command = command();
    command.setErr(new PrintWriter(err));

    int exitCode =
        command.execute(
            write("file.csv", "a\n1\n").toString(), "--apply", "--sql-server=http://127.0.0.1:1");

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).contains("error: no SQL server answers at http://127.0.0.1:1");
  }

  @Test
  void saysThatAFileDoesNotExist() {
    assertThat(replay(List.of(folder.resolve("none.csv").toString()))).isEqualTo(1);

    assertThat(err.toString()).startsWith("error: the file ").contains("none.csv does not exist");
  }

  @Test
  void explainsEveryOptionInItsPage() throws IOException {
    String page = Files.readString(Path.of("../docs/replay.md"));

    List<String> names = new ArrayList<>();
    for (OptionSpec option : command().getCommandSpec().options()) {
      names.addAll(List.of(option.names()));
    }

    assertThat(names).contains("--speed", "--apply");
    assertThat(names).allSatisfy(name -> assertThat(page).containsPattern("`" + name + "[` ]"));
  }

  private int replay(Path file, String... arguments) {
    List<String> all = new ArrayList<>(List.of(file.toString()));
    all.addAll(List.of(arguments));
    return replay(all);
  }

  private int replay(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.add("--dry-run");
    CommandLine command = command();
    command.setErr(new PrintWriter(err));
    return command.execute(all.toArray(String[]::new));
  }

  private CommandLine command() {
    return new CommandLine(new ReplayCommand(new PrintStream(out, false, StandardCharsets.UTF_8)));
  }

  private Path write(String name, String csv) throws IOException {
    return Files.writeString(folder.resolve(name), csv);
  }

  private List<String> rows() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
