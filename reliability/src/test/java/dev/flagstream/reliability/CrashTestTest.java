package dev.flagstream.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.reliability.Fault.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guarantees in short: `make crash-test` is the same for longer, with more faults. */
class CrashTestTest {

  private static final GeneratedTraffic TRAFFIC = new GeneratedTraffic(13, 50, OptionalInt.empty());

  private static final List<Fault> FAULTS =
      List.of(
          new Fault(Kind.TRANSACTION_OPEN, Part.SQL, null, 2_000, 0),
          new Fault(Kind.SINK_BEFORE_COMMIT, Part.CONNECT, null, 0, 0),
          new Fault(Kind.TWO_AT_ONCE, Part.BROKER, Part.STORE, 0, 0),
          new Fault(Kind.KILL, Part.ROWS, null, 0, 2_000),
          new Fault(Kind.TWO_AT_ONCE, Part.ROWS, Part.CONNECT, 0, 0),
          new Fault(Kind.CUT_RESET, Part.CONNECT, Part.STORE, 0, 3_000),
          new Fault(Kind.PAUSE, Part.SQL, null, 0, 8_000));

  @TempDir private Path folder;

  @Test
  void losesDuplicatesAndShowsNothingWhateverIsKilled() throws Exception {
    StackSettings settings =
        new StackSettings(Path.of(".."), folder.resolve("data"), FreePorts.pick())
            .withSqlStore(FreePorts.pickOne());

    CrashTest.Result result =
        new CrashTest(settings, folder, TRAFFIC, System.out::println).run(FAULTS, Duration.ZERO);

    assertThat(result.outcomes()).allMatch(FaultRunner.Outcome::passed);
    assertThat(result.outcomes()).allMatch(FaultRunner.Outcome::met);
    assertThat(result.ledgerExitCode()).as(result.ledger().toPrettyString()).isZero();
    assertThat(result.acknowledged()).isPositive();
    assertThat(result.acknowledgedAndLost()).isZero();
    assertThat(result.ledger().path("in").asLong()).isGreaterThan(result.acknowledged());
    assertThat(result.ledger().path("flagged").asLong()).isPositive();
    assertThat(result.ledger().path("rejected")).isNotEmpty();
    assertThat(result.ledger().path("rows").path("checked").asBoolean()).isTrue();
    assertThat(result.ledger().path("rows").path("stored").asLong())
        .isEqualTo(result.ledger().path("decisionsStored").asLong());
    assertThat(result.ledger().path("rows").path("amount"))
        .isEqualTo(result.ledger().path("rows").path("documentsAmount"));
    assertThat(result.clear().findings()).isEmpty();
    assertThat(result.passed()).isTrue();
    assertThat(result.clear().numbers()).isGreaterThan(NumberedTransactions.cards().size());

    // What the sinks' own ids are good for: without them the kill makes duplicates.
    assertThat(result.outcomes().get(1).seen()).contains("documents acknowledged");
    assertThat(result.counterExampleDuplicates()).isPositive();

    QualifiedRun run = new QualifiedRun("make crash-test SEED=13", "2026-12-01", result);
    Path file = folder.resolve(QualifiedRun.FILE_NAME);
    run.write(file);
    assertThat(QualifiedRun.read(file)).isEqualTo(run);

    Path page = folder.resolve("reliability.md");
    ReliabilityReport.write(page, List.of(QualifiedRun.read(file)));
    assertThat(Files.readString(page))
        .contains("Written by `make crash-test SEED=13` (2026-12-01).")
        .contains("## Shown")
        .contains("within a transaction of the queries: SQL server | 1 | 0 | 0 | 0 | 0 |");
  }
}
