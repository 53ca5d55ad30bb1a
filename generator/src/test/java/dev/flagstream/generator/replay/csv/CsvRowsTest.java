package dev.flagstream.generator.replay.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as they come, and as they should not. */
class CsvRowsTest {

  private static final int LIMIT = RowFraming.MAX_ROW_CHARS;

  @TempDir private Path folder;
  private final List<String> rejected = new ArrayList<>();
  private final List<String> rejectedRows = new ArrayList<>();
  private Optional<String> brokenOff = Optional.empty();

  @Test
  void readsQuotedFieldsWithDelimitersQuotesAndLineBreaksInside() {
    assertThat(read("a,b\n1,\"x, y\"\n2,\"say \"\"hi\"\"\"\n3,\"two\nlines\"\n4,end\n"))
        .containsExactly("2:1|x, y", "3:2|say \"hi\"", "4:3|two\nlines", "6:4|end");
    assertThat(rejected).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void takesEveryLineEndAndCountsLinesAlike(String lineEnd) {
    assertThat(read("a,b" + lineEnd + "1,2" + lineEnd + lineEnd + "3,4" + lineEnd + "5,6"))
        .containsExactly("2:1|2", "4:3|4", "5:5|6");
  }

  @Test
  void passesOverAByteOrderMark() throws IOException {
    CsvRows rows = open("\uFEFFa,b\n1,2\n".getBytes(StandardCharsets.UTF_8), CsvDialect.DEFAULT);

    assertThat(rows.header().names()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void readsUtf16ThatIsMarkedAsSuch(String charset) throws IOException {
    CsvRows rows = open("\uFEFFa,b\nß,2\n".getBytes(Charset.forName(charset)), CsvDialect.DEFAULT);

    assertThat(all(rows)).containsExactly("2:ß|2");
  }

  @Test
  void refusesAMarkOfAnotherCharsetThanTheGivenOne() {
    assertThatThrownBy(
            () ->
                open(
                    "\uFEFFa,b\n".getBytes(StandardCharsets.UTF_16LE),
                    encoded(StandardCharsets.UTF_8)))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageEndingWith("begins with the byte order mark of UTF-16LE, not UTF-8");
  }

  @Test
  @Timeout(60)
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void refusesAPipeWhichCannotBeReadTwice() throws Exception {
    Path pipe = folder.resolve("pipe.csv");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> CsvRows.open(pipe, CsvDialect.DEFAULT, RejectedRows.IGNORED))
        .isInstanceOf(CsvFormatException.class)
        .hasMessage(
            "%s is a pipe or a device, which gives what it holds once, but a file is read more than"
                + " once: write it to a file first",
            pipe);
  }

  @Test
  void rejectsOnlyTheRowsWhoseBytesAreNotOfTheEncoding() throws IOException {
    byte[] latin = "a,b\n1,Müller\n2,Smith\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(all(open(latin, CsvDialect.DEFAULT))).containsExactly("3:2|Smith");
    assertThat(rejected).containsExactly("2 holds bytes that are not UTF-8");
    assertThat(rejectedRows).containsExactly("1,M\uFFFDller");
    assertThat(all(open(latin, encoded(StandardCharsets.ISO_8859_1))))
        .containsExactly("2:1|Müller", "3:2|Smith");
  }

  @Test
  void saysThatAHeaderOfNulsMayBeUtf16() {
    byte[] unmarked = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE);

    assertThatThrownBy(() -> open(unmarked, CsvDialect.DEFAULT))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining("holds a NUL character (is it in another encoding than UTF-8?");
  }

  @Test
  void rejectsARowWithANulCharacter() {
    assertThat(read("a,b\n1,x\0y\n2,z\n")).containsExactly("3:2|z");
    assertThat(rejected).containsExactly("2 holds a NUL character");
  }

  @Test
  void rejectsRowsWithAnotherNumberOfFields() {
    assertThat(read("a,b\n1\n1,2,3\n3,4\n")).containsExactly("4:3|4");
    assertThat(rejected)
        .containsExactly("2 has 1 fields instead of 2", "3 has 3 fields instead of 2");
  }

  @Test
  void losesOneLineToAQuoteThatIsNeverClosed() {
    assertThat(read("a,b\n1,\"open\n2,x\n3,y\n")).containsExactly("3:2|x", "4:3|y");
    assertThat(rejected).containsExactly("2 has a quote that is never closed");
    assertThat(rejectedRows).containsExactly("1,\"open");
  }

  @Test
  void losesOneLineToAQuoteThatTheNextQuoteSeemsToClose() {
    assertThat(read("a,b\n1,\"open\n2,\"good\"\n3,y\n")).containsExactly("3:2|good", "4:3|y");
    assertThat(rejected).containsExactly("2 has text behind a closing quote");
  }

  @Test
  void losesOneLineToAStrayQuoteThatSwallowsLinesUntilTheFieldsDoNotAddUp() {
    // The quote of line 2 is closed by the inch sign of line 4, with too many fields behind it.
    assertThat(read("a,b\n1,\"open\n2,x\n3,5\",z\n4,y\n")).containsExactly("3:2|x", "5:4|y");
    assertThat(rejected)
        .containsExactly("2 has 3 fields instead of 2", "4 has 3 fields instead of 2");
  }

  @Test
  void rejectsTextBehindAClosingQuote() {
    assertThat(read("a,b\n1,\"x\"y\n2,z\n")).containsExactly("3:2|z");
    assertThat(rejected).containsExactly("2 has text behind a closing quote");
  }

  @Test
  void rejectsATenMegabyteLineInBoundedMemory() throws IOException {
    Path file = folder.resolve("long.csv");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("a,b\n1,2\n");
      for (int i = 0; i < 10 * 1024; i++) {
        writer.write("x".repeat(1024));
      }
      writer.write(",2\n3,4\n");
    }

    assertThat(all(CsvRows.open(file, CsvDialect.DEFAULT, this::reject)))
        .containsExactly("2:1|2", "4:3|4");
    assertThat(rejected).containsExactly("3 is longer than 1048576 characters");
    assertThat(rejectedRows.get(0)).hasSize(1_000);
  }

  @Test
  void goesOnBehindAQuoteThatIsNotClosedWithinTheLimit() {
    String lines = "2,x\n".repeat(LIMIT / 4 + 10);

    assertThat(read("a,b\n1,\"open\n" + lines)).hasSize(LIMIT / 4 + 10);
    assertThat(rejected)
        .containsExactly("2 has a quote that is not closed within 1048576 characters");
  }

  @Test
  void takesARowOfExactlyTheLimit() {
    String text = "x".repeat(LIMIT - 2);

    assertThat(read("a,b\n1," + text + "\n2,y\n")).hasSize(2);
    assertThat(rejected).isEmpty();
  }

  @Test
  void readsGzipWhateverItsName() throws IOException {
    assertThat(all(open(gzip("a,b\n1,2\n"), CsvDialect.DEFAULT))).containsExactly("2:1|2");
  }

  @Test
  void refusesAZipArchiveByName() {
    assertThatThrownBy(() -> open(bytes("PK\3\4..."), CsvDialect.DEFAULT))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageStartingWith("cannot read ")
        .hasMessageEndingWith(": it is a ZIP archive: unpack it first; gzip can be read as it is");
  }

  @Test
  void passesOverTheLineInWhichExcelNamesTheSeparator() throws IOException {
    CsvDialect semicolons =
        new CsvDialect(Optional.empty(), ';', List.of(), CsvDialect.DEFAULT.nullTexts());

    CsvRows rows = open(bytes("sep=;\na;b\n1;2\n"), semicolons);

    assertThat(rows.header().names()).containsExactly("a", "b");
    assertThat(all(rows)).containsExactly("3:1|2");
    assertThatThrownBy(() -> open(bytes("sep=;\na;b\n1;2\n"), CsvDialect.DEFAULT))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining("says that its fields are separated by")
        .hasMessageEndingWith(": give it as --delimiter");
  }

  @Test
  void givesWhatCanBeReadOfATruncatedGzipAndSaysWhereItEnds() throws IOException {
    byte[] whole = gzip(incompressible(200_000));
    byte[] truncated = Arrays.copyOf(whole, whole.length / 2);

    List<String> rows = all(open(truncated, CsvDialect.DEFAULT));

    assertThat(rows).hasSizeGreaterThan(1_000);
    assertThat(rejected).hasSizeLessThanOrEqualTo(1);
    assertThat(brokenOff.orElseThrow())
        .contains("cannot be read beyond line " + (rows.size() + 2))
        .endsWith("the packed file is cut off there");
  }

  @Test
  void refusesAnEmptyFileAMissingOneAndOneThatIsNoText() {
    assertThatThrownBy(() -> open(new byte[0], CsvDialect.DEFAULT))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining("is empty: its first line must name the columns");
    assertThatThrownBy(
            () -> CsvRows.open(folder.resolve("missing.csv"), CsvDialect.DEFAULT, this::reject))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageMatching("the file .*missing.csv does not exist");
    assertThatThrownBy(() -> CsvRows.open(folder, CsvDialect.DEFAULT, this::reject))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageStartingWith("cannot read " + folder);
  }

  @Test
  void givesNoRowOfAFileThatHasOnlyAHeader() {
    assertThat(read("a,b\n")).isEmpty();
    assertThat(read("a,b")).isEmpty();
  }

  @Test
  void refusesTwoColumnsOfOneNameInAnyCase() {
    assertThatThrownBy(() -> open(bytes("id,Amount,AMOUNT\n"), CsvDialect.DEFAULT))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining("'Amount' (column 2) and 'AMOUNT' (column 3)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,2.5",
        "0,-1.35e-05,149.62,x,y",
        "2018-04-01 00:00:31,a",
        "4242424242424242,a,b,c,d",
        "70000000007"
      })
  void refusesARowInThePlaceOfAHeaderWithoutRepeatingIt(String row) {
    assertThatThrownBy(() -> open(bytes(row + "\n"), CsvDialect.DEFAULT))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining("looks like a row")
        .hasMessageNotContaining(row);
  }

  @Test
  @Timeout(20)
  void takesAVeryLongNameOfDigitsAtOnce() throws IOException {
    String name = "1".repeat(500_000) + "x";

    assertThat(open(bytes(name + ",b\n"), CsvDialect.DEFAULT).header().names())
        .containsExactly(name, "b");
  }

  @Test
  void takesAFewNumbersAmongTheColumnsNames() throws IOException {
    assertThat(open(bytes("city,2019,state,2020,name\n"), CsvDialect.DEFAULT).header().size())
        .isEqualTo(5);
  }

  @Test
  void namesColumnsWithoutANameByTheirPosition() throws IOException {
    assertThat(open(bytes(",a,\"\"\n"), CsvDialect.DEFAULT).header().names())
        .containsExactly("column_1", "a", "column_3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {"a;b => ';'", "'a\tb' => tab", "a|b => '|'"})
  void namesTheDelimiterThatAFileSeemsToHave(String header, String name) {
    assertThatThrownBy(() -> open(bytes(header + "\n"), CsvDialect.DEFAULT))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining("has no ','")
        .hasMessageContaining("give --delimiter");
  }

  @Test
  void readsOtherDelimiters() throws IOException {
    CsvDialect dialect = new CsvDialect(Optional.empty(), ';', List.of(), Set.of());

    assertThat(all(open(bytes("a;b\n1,5;\"x;y\"\n"), dialect))).containsExactly("2:1,5|x;y");
  }

  @Test
  void takesAGivenHeaderAndPassesOverTheSameInTheFile() throws IOException {
    CsvDialect dialect = new CsvDialect(Optional.empty(), ',', List.of("a", "b"), Set.of());

    assertThat(all(open(bytes("1,2\n3,4\n"), dialect))).containsExactly("1:1|2", "2:3|4");
    assertThat(all(open(bytes("A,B\n3,4\n"), dialect))).containsExactly("2:3|4");
    assertThat(all(open(bytes("1\n3,4\n"), dialect))).containsExactly("2:3|4");
    assertThat(rejected).containsExactly("1 has 1 fields instead of 2");
  }

  @Test
  void neverLosesARowWhateverTheBytes() throws IOException {
    Random random = new Random(7);
    String alphabet = "ab1,,,\"\"\n\n\r\0ü";
    for (int file = 0; file < 2_000; file++) {
      StringBuilder text = new StringBuilder("a,b\n");
      for (int i = random.nextInt(60); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      rejected.clear();
      rejectedRows.clear();

      CsvRows rows = open(bytes(text.toString()), CsvDialect.DEFAULT);
      StringBuilder seen = new StringBuilder("a,b");
      for (CsvRow row = rows.next(); row != null; row = rows.next()) {
        assertThat(row.fields()).hasSize(2);
        seen.append(row.text());
      }
      rejectedRows.forEach(seen::append);

      assertThat(sortedWithoutLineEnds(seen)).isEqualTo(sortedWithoutLineEnds(text));
    }
  }

  private static String sortedWithoutLineEnds(CharSequence text) {
    return text.chars()
        .filter(c -> c != '\n' && c != '\r')
        .sorted()
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String incompressible(int rows) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("a,b\n");
    for (int i = 0; i < rows; i++) {
      text.append(random.nextLong()).append(',').append(random.nextLong()).append('\n');
    }
    return text.toString();
  }

  private void reject(long line, String reason, String row) {
    rejected.add(line + " " + reason);
    rejectedRows.add(row);
  }

  private List<String> read(String csv) {
    try {
      return all(open(bytes(csv), CsvDialect.DEFAULT));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<String> all(CsvRows rows) {
    List<String> all = new ArrayList<>();
    try (rows) {
      for (CsvRow row = rows.next(); row != null; row = rows.next()) {
        all.add(row.line() + ":" + String.join("|", row.fields()));
      }
      brokenOff = rows.brokenOff();
    }
    return all;
  }

  private CsvRows open(byte[] content, CsvDialect dialect) throws IOException {
    return CsvRows.open(Files.write(folder.resolve("file.csv"), content), dialect, this::reject);
  }

  private static CsvDialect encoded(Charset charset) {
    return new CsvDialect(Optional.of(charset), ',', List.of(), Set.of());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(bytes(text));
    }
    return bytes.toByteArray();
  }
}
