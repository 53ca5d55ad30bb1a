package dev.flagstream.engine.property;

import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;

/** Turns what draws by {@link Choices} into what jqwik can try and shrink. */
final class Drawn {

  private Drawn() {}

  /** Examples drawn by so many choices at most. */
  static <T> Arbitrary<T> by(int choices, Function<Choices, T> draw) {
    return Arbitraries.integers()
        .between(0, Choices.MOST)
        .withDistribution(RandomDistribution.uniform())
        .shrinkTowards(0)
        .withoutEdgeCases()
        .list()
        .ofMaxSize(choices)
        .withSizeDistribution(RandomDistribution.uniform())
        .withoutEdgeCases()
        .map(numbers -> draw.apply(new Choices(numbers)));
  }
}
