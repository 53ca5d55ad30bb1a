package dev.flagstream.reliability;

import dev.flagstream.reliability.Fault.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Which faults come, in which order: the same seed, the same schedule. */
final class FaultSchedule {

  private static final int LONGEST_GAP_MS = 4_000;
  private static final int SHORTEST_PAUSE_MS = 2_000;
  private static final int LONGEST_PAUSE_MS = 12_000;

  /** Those that every pipeline has. */
  private static final List<Part> PARTS =
      Stream.of(Part.values()).filter(part -> part != Part.ROWS).toList();

  /** What stops a Java process alone says nothing of the PostgreSQL that it watches over. */
  private static final Set<Kind> OF_ROWS = EnumSet.of(Kind.KILL, Kind.RESTART, Kind.TWO_AT_ONCE);

  private FaultSchedule() {}

  /**
   * A schedule of {@code faults} faults: every third is at a named point, each of which comes
   * before any comes again.
   *
   * @throws IllegalArgumentException if there is to be no fault
   */
  static List<Fault> of(long seed, int faults) {
    return of(seed, faults, EnumSet.allOf(Kind.class));
  }

  /**
   * A schedule of some kinds of fault.
   *
   * @param only the kinds
   * @throws IllegalArgumentException if there is to be no fault
   */
  static List<Fault> of(long seed, int faults, Set<Kind> only) {
    return of(seed, faults, only, PARTS);
  }

  /**
   * A schedule for a pipeline of some parts.
   *
   * @param parts those that are hit at random moments
   */
  static List<Fault> of(long seed, int faults, Set<Kind> only, List<Part> parts) {
    if (faults < 1) {
      throw new IllegalArgumentException("FAULTS is " + faults + "; at least 1 is needed");
    }
    List<Kind> atPoints = kinds(only, true);
    List<Kind> atMoments = kinds(only, false);
    Random random = new Random(seed);
    List<Fault> schedule = new ArrayList<>();
    List<Kind> named = new ArrayList<>();
    List<Fault> atRandom = new ArrayList<>();
    for (int i = 0; i < faults; i++) {
      if (atMoments.isEmpty() || (i % 3 == 0 && !atPoints.isEmpty())) {
        if (named.isEmpty()) {
          named.addAll(atPoints);
        }
        schedule.add(atNamedPoint(named.remove(random.nextInt(named.size())), random));
      } else {
        if (atRandom.isEmpty()) {
          atRandom.addAll(everyPart(atMoments, parts, random));
        }
        schedule.add(atRandom.remove(random.nextInt(atRandom.size())));
      }
    }
    return List.copyOf(schedule);
  }

  private static List<Kind> kinds(Set<Kind> only, boolean named) {
    return Stream.of(Kind.values())
        .filter(kind -> kind.isNamed() == named && only.contains(kind))
        .toList();
  }

  private static Fault atNamedPoint(Kind kind, Random random) {
    Part part =
        switch (kind) {
          case SINK_BEFORE_COMMIT, CONNECTOR_RECONFIGURED -> Part.CONNECT;
          case DURING_LEDGER -> random.nextBoolean() ? Part.SQL : Part.STORE;
          default -> Part.SQL;
        };
    return new Fault(kind, part, null, random.nextInt(LONGEST_GAP_MS), 0);
  }

  private static List<Fault> everyPart(List<Kind> kinds, List<Part> parts, Random random) {
    List<Fault> faults = new ArrayList<>();
    for (Part part : parts) {
      for (Kind kind : kinds) {
        if (part == Part.ROWS && !OF_ROWS.contains(kind)) {
          continue;
        }
        Part other = null;
        if (kind == Kind.TWO_AT_ONCE) {
          List<Part> others = parts.stream().filter(each -> each != part).toList();
          other = others.get(random.nextInt(others.size()));
        }
        int lasts = SHORTEST_PAUSE_MS + random.nextInt(LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS);
        faults.add(new Fault(kind, part, other, random.nextInt(LONGEST_GAP_MS), lasts));
      }
    }
    return faults;
  }
}
