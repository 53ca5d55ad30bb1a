package dev.flagstream.benchmarks.store;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import dev.flagstream.benchmarks.MeasuringCommand;
import dev.flagstream.benchmarks.Median;
import dev.flagstream.benchmarks.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.bson.RawBsonDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What scored transactions cost in the local store, beside the H2 backend which it had before, and
 * beside a real MongoDB where there is one: the same documents, the same driver, each store in a
 * process of its own with nothing in it, in turns.
 */
@Command(
    name = "store-speed",
    mixinStandardHelpOptions = true,
    description =
        "Upserts, counts, windows, finds and scans: the local store beside its older backend, and"
            + " beside mongod if it is installed.")
public final class StoreSpeed implements Callable<Integer> {

  @Option(
      names = "--documents",
      defaultValue = "50000",
      description = "Scored transactions. Default: ${DEFAULT-VALUE}.")
  private int documents;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Runs of each store. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "STORE",
      description = "Only these of flagstream, h2, mongod, uri. Default: all that there are.")
  private List<String> only = List.of();

  @Option(
      names = "--uri",
      paramLabel = "URI",
      defaultValue = "${env:MONGODB_URI:-}",
      description =
          "A MongoDB that runs already; its database flagstream_benchmark is used and dropped"
              + ". Default: $MONGODB_URI.")
  private String uri;

  @Option(
      names = "--home",
      defaultValue = ".",
      paramLabel = "DIR",
      description = "The project's folder. Default: ${DEFAULT-VALUE}.")
  private Path home;

  @Option(
      names = "--extension-dir",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the UDF jar.")
  private Path extensions;

  @Option(
      names = "--java-options",
      split = " ",
      defaultValue = "-Xmx512m",
      description = "JVM options of the stores that are Java programs. Default: ${DEFAULT-VALUE}.")
  private List<String> javaOptions;

  private interface Start {
    MeasuredStore start(Path emptyDirectory) throws IOException;
  }

  public static void main(String[] args) {
    MeasuringCommand.run(new StoreSpeed(), args);
  }

  @Override
  public Integer call() throws Exception {
    Map<String, Start> stores = stores();
    List<RawBsonDocument> decisions = ScoredDocuments.make(home, extensions, documents);
    List<RawBsonDocument> changed = decisions.stream().map(ScoredDocuments::changed).toList();
    Map<String, List<Map<Measure, Double>>> results = new LinkedHashMap<>();
    stores.keySet().forEach(store -> results.put(store, new ArrayList<>()));
    try (ProgressBar progress =
        MeasuringCommand.progress("measuring", (long) rounds * stores.size())) {
      for (int round = 0; round < rounds; round++) {
        List<String> turn = new ArrayList<>(stores.keySet());
        Collections.rotate(turn, round);
        for (String store : turn) {
          progress.setExtraMessage(store);
          results.get(store).add(measure(stores.get(store), decisions, changed));
          progress.step();
        }
      }
    }
    System.out.println(table(results));
    System.out.printf(
        Locale.ROOT,
        "%,d decisions of %,.0f bytes of BSON on average; medians of %d rounds, in turns; Java stores"
            + " with %s.%n",
        documents,
        decisions.stream().mapToInt(each -> each.getByteBuffer().remaining()).average().orElse(0),
        rounds,
        String.join(" ", javaOptions));
    return 0;
  }

  private Map<String, Start> stores() {
    Map<String, Start> all = new LinkedHashMap<>();
    for (StoreProcess.Kind kind : StoreProcess.Kind.values()) {
      all.put(
          kind.name().toLowerCase(Locale.ROOT),
          directory -> JavaStore.start(kind, directory, javaOptions));
    }
    Mongod.find()
        .ifPresent(program -> all.put("mongod", directory -> Mongod.start(program, directory)));
    if (uri != null && !uri.isEmpty()) {
      all.put("uri", directory -> new ServerElsewhere(uri));
    }
    for (String store : only) {
      if (!all.containsKey(store)) {
        throw new IllegalArgumentException("--only " + store + ": there are " + all.keySet());
      }
    }
    if (!only.isEmpty()) {
      all.keySet().retainAll(only);
    }
    return all;
  }

  private static Map<Measure, Double> measure(
      Start start, List<RawBsonDocument> decisions, List<RawBsonDocument> changed)
      throws Exception {
    try (WorkDirectory directory = WorkDirectory.create("store-speed");
        MeasuredStore store = start.start(Files.createDirectory(directory.resolve("data")))) {
      return StoreRun.measure(store, decisions, changed);
    }
  }

  private static String table(Map<String, List<Map<Measure, Double>>> results) {
    List<ColumnData<Measure>> columns = new ArrayList<>();
    columns.add(new Column().header("store").dataAlign(HorizontalAlign.LEFT).with(Measure::label));
    results.forEach(
        (store, rounds) ->
            columns.add(
                new Column()
                    .header(store)
                    .dataAlign(HorizontalAlign.RIGHT)
                    .with(measure -> median(measure, rounds))));
    return AsciiTable.getTable(
        AsciiTable.NO_BORDERS, Stream.of(Measure.values()).toList(), columns);
  }

  private static String median(Measure measure, List<Map<Measure, Double>> rounds) {
    double[] values =
        rounds.stream()
            .map(round -> round.get(measure))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    return values.length == 0
        ? "-"
        : String.format(Locale.ROOT, measure.format(), Median.of(values));
  }
}
