package dev.flagstream.engine.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.server.TestBroker;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * A server beside a broker writes what the engine without a broker writes, into however many
 * partitions, and whatever happens in between.
 */
@Seeded
class ServedQueriesPropertiesTest {

  private static final int MANY = 16;

  private static TestBroker broker;

  @BeforeContainer
  static void startBroker() {
    broker = TestBroker.start();
  }

  @AfterContainer
  static void stopBroker() {
    broker.close();
  }

  /** Scripts that are accepted and write something; each is known to within milliseconds. */
  @Provide
  Arbitrary<Script> scripts() {
    return Drawn.by(600, Script::draw).filter(script -> expected(script).isPresent());
  }

  @Provide
  Arbitrary<Script> scriptsOfOneSource() {
    return Drawn.by(600, Script::ofOneSource).filter(script -> expected(script).isPresent());
  }

  @Provide
  Arbitrary<Script> scriptsOfNoTime() {
    return scripts().filter(script -> !script.query().dependsOnStreamTime());
  }

  @Provide
  Arbitrary<Script> tables() {
    return scriptsOfNoTime()
        .filter(script -> script.query().kind() == SourceKind.TABLE)
        .filter(script -> script.query().properties().equals(DrawnQuery.JSON));
  }

  private static Optional<QueryOutcome> expected(Script script) {
    try (CheckedEngine engine = new CheckedEngine()) {
      if (!engine.accepts(script.statements())) {
        return Optional.empty();
      }
      engine.send(script.records());
      return Optional.of(engine.written("RESULT")).filter(rows -> !rows.written().isEmpty());
    }
  }

  @Property(tries = 3)
  void aServerWritesWhatTheEngineWithoutABrokerWrites(@ForAll("scripts") Script script) {
    writesTheSame(script, 1);
  }

  @Property(tries = 2)
  void fourPartitionsGiveTheRowsOfOne(@ForAll("scriptsOfNoTime") Script script) {
    writesTheSame(script, 4);
  }

  static void writesTheSame(Script script, int partitions) {
    try (ServedScript served = new ServedScript(broker, script, partitions).accepted()) {
      served.sendOneByOne(served.records());
      same(served, script);
    }
  }

  /** All their records are there at once, and so the server reads them while others are read. */
  @Property(tries = 1)
  void manyQueriesOfAServerWriteWhatEachWritesAlone(@ForAll("manyScripts") List<Script> scripts) {
    List<Script> numbered =
        IntStream.range(0, scripts.size()).mapToObj(i -> scripts.get(i).numbered(i)).toList();
    try (ServedScript served = new ServedScript(broker, numbered, 1).accepted()) {
      served.sendAtOnce(served.records());
      served.awaitDone();
      for (int i = 0; i < scripts.size(); i++) {
        assertThat(served.written(i).ofEachKey())
            .as(String.valueOf(scripts.get(i)))
            .isEqualTo(expected(scripts.get(i)).orElseThrow().ofEachKey());
      }
    }
  }

  @Provide
  Arbitrary<List<Script>> manyScripts() {
    // What EMIT FINAL holds back comes out with a record a second later.
    return scriptsOfOneSource().filter(script -> !script.query().finalOnly()).list().ofSize(MANY);
  }

  @Property(tries = 2)
  void recordsThatWereThereBeforeTheQueryGiveTheSameRows(
      @ForAll("scriptsOfOneSource") Script script) {
    replays(script);
  }

  static void replays(Script script) {
    try (ServedScript served = new ServedScript(broker, script, 1)) {
      served.sendAtOnce(served.records());
      served.accepted();
      served.awaitDone();
      same(served, script);
    }
  }

  @Property(tries = 2)
  void aRestartInBetweenChangesNothing(
      @ForAll("scriptsOfNoTime") Script script, @ForAll boolean withState) {
    goesOn(script, withState);
  }

  static void goesOn(Script script, boolean withState) {
    try (ServedScript served = new ServedScript(broker, script, 1).accepted()) {
      List<DrawnRecord> records = served.records();
      int half = (records.size() + 1) / 2;
      served.sendOneByOne(records.subList(0, half));
      served.restart(withState);
      served.sendOneByOne(records.subList(half, records.size()));
      same(served, script);
    }
  }

  private static void same(ServedScript served, Script script) {
    assertThat(served.written().ofEachKey()).isEqualTo(expected(script).orElseThrow().ofEachKey());
  }

  @Property(tries = 2)
  void aLookAtATableGivesTheLastRowPushedOfEachKey(@ForAll("tables") Script script) {
    pulledIsLastPushed(script);
  }

  static void pulledIsLastPushed(Script script) {
    try (ServedScript served = new ServedScript(broker, script, 1).accepted()) {
      served.sendOneByOne(served.records());
      assertThat(served.rows("SELECT * FROM RESULT;"))
          .containsExactlyInAnyOrderElementsOf(served.lastPushed());
    }
  }
}
