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
  private static final int SHORTEST_CUT_MS = 5_000;
  private static final int LONGEST_CUT_MS = 60_000;
  private static final int LONGEST_WRONG_MS = 30_000;
  private static final int SMALLEST_STEP_MS = 30_000;
  private static final int LARGEST_STEP_MS = 7_200_000;

  private static final int LONGEST_ANSWER_MS = 3_000;

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

  private static Fault ofNetwork(Kind kind, Link link, Random random) {
    return new Fault(
        kind,
        link.client(),
        link.server(),
        random.nextInt(LONGEST_GAP_MS),
        between(SHORTEST_CUT_MS, LONGEST_CUT_MS, random),
        kind == Kind.SLOW_ANSWERS ? between(LONGEST_ANSWER_MS / 10, LONGEST_ANSWER_MS, random) : 0);
  }

  /** One of three hits two clocks at once. */
  private static Fault ofClock(Kind kind, Part part, List<Part> parts, Random random) {
    List<Part> others = parts.stream().filter(each -> each != part && each != Part.ROWS).toList();
    Part drawn = others.get(random.nextInt(others.size()));
    Part other = random.nextInt(3) == 0 ? drawn : null;
    long stepMs = between(SMALLEST_STEP_MS, LARGEST_STEP_MS, random);
    return new Fault(
        kind,
        part,
        other,
        random.nextInt(LONGEST_GAP_MS),
        between(SHORTEST_CUT_MS, LONGEST_WRONG_MS, random),
        kind == Kind.CLOCK_AHEAD ? stepMs : -stepMs);
  }

  private static int between(int least, int most, Random random) {
    return least + random.nextInt(most - least);
  }

  private static List<Fault> everyPart(List<Kind> kinds, List<Part> parts, Random random) {
    List<Fault> faults = new ArrayList<>();
    for (Kind kind : kinds) {
      if (kind.isOfNetwork()) {
        for (Link link : Link.values()) {
          faults.add(ofNetwork(kind, link, random));
        }
      }
    }
    for (Part part : parts) {
      for (Kind kind : kinds) {
        if (kind.isOfNetwork() || (part == Part.ROWS && !OF_ROWS.contains(kind))) {
          continue;
        }
        if (kind.isOfClock()) {
          faults.add(ofClock(kind, part, parts, random));
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
