package dev.flagstream.training.handbook;

import com.github.freva.asciitable.AsciiTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Our figures beside the published ones. */
final class HandbookTable {

  /**
   * How far AUC and average precision may be from the published ones of the same model and
   * features.
   */
  private static final double CLOSE = 0.01;

  private static final String[] HEADER = {
    "model", "split", "AUC / AP / CP@100", "deviation", "published"
  };

  private final List<List<HandbookExperiment.Outcome>> runs;

  /** A table over runs of the same models, on other seeds or other data. */
  HandbookTable(List<List<HandbookExperiment.Outcome>> runs) {
    this.runs = List.copyOf(runs);
  }

  /** The table: means over the runs, and their deviation if there are several. */
  String print() {
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < runs.get(0).size(); i++) {
      HandbookModel model = model(i);
      rows.add(row(model.title(), "chapter 3", chapter3(i), published(model.chapter3())));
      rows.add(row("", "four folds", folds(i), published(model.folds())));
    }
    return AsciiTable.getTable(
        AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, HEADER, null, rows.toArray(String[][]::new));
  }

  /** What the Handbook's own file must show: its figures again, and better ones. */
  List<String> aims() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < runs.get(0).size(); i++) {
      HandbookModel model = model(i);
      if (model.reproduces()) {
        lines.add(
            verdict(
                HandbookResult.mean(chapter3(i)).isWithin(CLOSE, model.chapter3().orElseThrow()),
                model.title() + " within 0.01 of the published AUC and AP, chapter 3"));
        lines.add(
            verdict(
                HandbookResult.mean(folds(i)).isWithin(CLOSE, model.folds().orElseThrow()),
                model.title() + " within 0.01 of the published AUC and AP, four folds"));
      }
      if (model.ours()) {
        lines.add(best(model, "chapter 3", chapter3(i), HandbookModel.BEST_CHAPTER3));
        lines.add(best(model, "four folds", folds(i), HandbookModel.BEST_FOLDS));
      }
    }
    return lines;
  }

  private static String best(
      HandbookModel model, String split, List<HandbookResult> results, double best) {
    double precision = HandbookResult.mean(results).averagePrecision();
    return verdict(
        precision > best,
        String.format(
            Locale.ROOT,
            "%s: AP %.3f on %s, the best published is %.3f",
            model.title(),
            precision,
            split,
            best));
  }

  private static String verdict(boolean met, String aim) {
    return (met ? "met     " : "NOT MET ") + aim;
  }

  private HandbookModel model(int i) {
    return runs.get(0).get(i).model();
  }

  private List<HandbookResult> chapter3(int i) {
    return each(i, HandbookExperiment.Outcome::chapter3);
  }

  private List<HandbookResult> folds(int i) {
    return each(i, HandbookExperiment.Outcome::mean);
  }

  private List<HandbookResult> each(
      int i, Function<HandbookExperiment.Outcome, HandbookResult> result) {
    return runs.stream().map(run -> result.apply(run.get(i))).toList();
  }

  private static String published(java.util.Optional<HandbookResult> result) {
    return result.map(HandbookResult::toString).orElse("-");
  }

  private static String[] row(
      String title, String split, List<HandbookResult> results, String published) {
    return new String[] {
      title,
      split,
      HandbookResult.mean(results).toString(),
      results.size() > 1 ? HandbookResult.deviation(results).toString() : "-",
      published
    };
  }
}
