package dev.flagstream.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {

  @Test
  void isTheSameForTheSameSeed() {
    assertThat(FaultSchedule.of(7, 40))
        .isEqualTo(FaultSchedule.of(7, 40))
        .isNotEqualTo(FaultSchedule.of(8, 40));
  }

  @Test
  void comesToEveryNamedPointAndEveryPartBeforeAnyComesAgain() {
    List<Fault> schedule = FaultSchedule.of(3, 60);

    List<Fault.Kind> named =
        schedule.stream().map(Fault::kind).filter(Fault.Kind::isNamed).toList();
    assertThat(named).hasSize(20);
    assertThat(named.subList(0, 6)).doesNotHaveDuplicates();
    Set<Part> hit = new HashSet<>(schedule.stream().map(Fault::part).toList());
    assertThat(hit)
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Part.ROWS)));
  }

  @Test
  void keepsToTheKindsThatWereAskedFor() {
    Set<Fault.Kind> only = EnumSet.of(Fault.Kind.DISK_FULL, Fault.Kind.SLOWED);

    List<Fault> schedule = FaultSchedule.of(3, 10, only);

    assertThat(schedule)
        .hasSize(10)
        .extracting(Fault::kind)
        .containsOnly(only.toArray(new Fault.Kind[0]));
    assertThat(schedule).doesNotHaveDuplicates();
  }

  @Test
  void cutsEveryStretchOfTheNetworkAndSetsEveryClockEitherWay() {
    List<Fault> cuts = FaultSchedule.of(3, 8, EnumSet.of(Fault.Kind.CUT, Fault.Kind.CUT_RESET));
    assertThat(cuts)
        .allSatisfy(each -> assertThat(each.lastsMs()).isBetween(5_000L, 60_000L))
        .extracting(each -> each.kind() + " " + Link.between(each.part(), each.other()))
        .doesNotHaveDuplicates();

    List<Fault> steps =
        FaultSchedule.of(3, 10, EnumSet.of(Fault.Kind.CLOCK_AHEAD, Fault.Kind.CLOCK_BEHIND));
    assertThat(steps)
        .allSatisfy(
            each ->
                assertThat(each.kind() == Fault.Kind.CLOCK_AHEAD ? each.byMs() : -each.byMs())
                    .isBetween(30_000L, 7_200_000L))
        .extracting(each -> each.kind() + " " + each.part())
        .doesNotHaveDuplicates();
    assertThat(steps).anyMatch(each -> each.other() != null);
  }

  @Test
  void setsTheBrokersClockBackByMoreThanTheHourAfterWhichItRefusesRecords() {
    assertThat(FaultSchedule.of(4, 200, EnumSet.of(Fault.Kind.CLOCK_BEHIND)))
        .filteredOn(each -> each.part() == Part.BROKER || each.other() == Part.BROKER)
        .anyMatch(each -> each.byMs() < -3_600_000L);
  }

  @Test
  void neverHitsTheSamePartTwiceAtOnce() {
    assertThat(FaultSchedule.of(5, 120)).filteredOn(each -> each.part() == each.other()).isEmpty();
  }
}
