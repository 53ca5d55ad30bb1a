package dev.flagstream.training.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a bundle differs from the one it replaces, in a few lines. */
public final class BundleDifference {

  private BundleDifference() {}

  /** One line for the version, and one for what changed. */
  public static List<String> lines(
      Optional<BundleFolder.Installed> before, BundleFolder.Installed now) {
    if (before.isEmpty()) {
      return List.of(now.nameAndVersion() + " is new");
    }
    BundleFolder.Installed old = before.get();
    if (old.version().equals(now.version())) {
      return List.of(now.nameAndVersion() + " is unchanged");
    }
    List<String> lines = new ArrayList<>();
    lines.add(now.nameAndVersion() + " replaces " + old.nameAndVersion());
    if (!old.manifest().mojo().sha256().equals(now.manifest().mojo().sha256())) {
      lines.add("  the model itself is another one");
    }
    addFeatures(lines, old.manifest().features(), now.manifest().features());
    BundleManifest.Metrics was = old.manifest().metrics();
    BundleManifest.Metrics is = now.manifest().metrics();
    lines.add(
        "  AUC ROC %s, average precision %s, card precision@100 %s"
            .formatted(
                change(was.aucRoc(), is.aucRoc()),
                change(was.averagePrecision(), is.averagePrecision()),
                change(was.cardPrecisionAt100(), is.cardPrecisionAt100())));
    lines.add(
        "  alert threshold "
            + change(old.manifest().thresholds().alert(), now.manifest().thresholds().alert()));
    return lines;
  }

  private static void addFeatures(List<String> lines, List<String> was, List<String> is) {
    List<String> added = new ArrayList<>(is);
    added.removeAll(was);
    List<String> gone = new ArrayList<>(was);
    gone.removeAll(is);
    if (!added.isEmpty()) {
      lines.add("  new features: " + String.join(", ", added));
    }
    if (!gone.isEmpty()) {
      lines.add("  features no longer used: " + String.join(", ", gone));
    }
  }

  private static String change(Double was, Double is) {
    return number(was) + " -> " + number(is);
  }

  private static String number(Double value) {
    return value == null ? "none" : String.format(Locale.ROOT, "%.4f", value);
  }
}
