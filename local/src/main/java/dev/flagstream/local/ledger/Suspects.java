package dev.flagstream.local.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Documents that nothing accounts for yet: what came in while the ledger read may still do so.
 * Keeps at most {@value #KEPT} ids, some 200 MB; those beyond are counted and cannot be cleared.
 * For one thread.
 */
final class Suspects {

  private static final int KEPT = 2_000_000;

  private final List<String> ids = new ArrayList<>();
  private long beyond;

  void add(String id) {
    if (ids.size() < KEPT) {
      ids.add(id);
    } else {
      beyond++;
    }
  }

  /** Those that are not cleared. */
  Ids without(Predicate<String> cleared) {
    Ids.Counter left = new Ids.Counter();
    ids.stream().filter(cleared.negate()).forEach(left::add);
    Ids found = left.ids();
    return new Ids(found.count() + beyond, found.first());
  }
}
