package dev.flagstream.generator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.generator.population.Customers;
import dev.flagstream.generator.population.MerchantCategory;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Keeps docs/simulation.md true where it repeats what the program holds. */
class SimulationPageTest {

  private final String page;

  SimulationPageTest() throws IOException {
    page = Files.readString(Path.of("../docs/simulation.md"));
  }

  @Test
  void tellsTheShareOfEveryScenario() {
    for (Fraud fraud : FraudScenarios.DEFAULT.all()) {
      String share = String.format(Locale.ROOT, "%.2f %%", 100 * fraud.share());
      assertThat(page).contains("| `" + fraud.scenario().label() + "` | " + share + " |");
    }
    assertThat(page).contains("Together they make 0.7 %");
    assertThat(FraudScenarios.DEFAULT.share()).isBetween(0.00699, 0.00701);
  }

  @Test
  void tellsEveryCategory() {
    double raw = 0;
    for (MerchantCategory category : MerchantCategory.values()) {
      String share = plain(BigDecimal.valueOf(category.share()).movePointRight(2));
      assertThat(page)
          .contains(
              "| "
                  + category.label()
                  + " | "
                  + category.mcc()
                  + " | "
                  + category.channel().label()
                  + " | "
                  + share
                  + " % | ");
      raw += category.share() * category.priceLevel();
    }
    assertThat(raw).isBetween(0.999, 1.001);
  }

  @Test
  void tellsTheNumberOfCustomersForARate() {
    assertThat(page)
        .contains("A customer makes " + Customers.MEAN_DAILY_FREQUENCY + " transactions a day")
        .contains(
            String.format(Locale.ROOT, "%,d", SimulationParameters.atRate(1, 1_000).customers()))
        .contains(
            String.format(
                Locale.ROOT,
                "merchants | %,d; at least one of each kind in each city, at most %,d",
                SimulationParameters.DEFAULT_MERCHANTS,
                SimulationParameters.MAX_MERCHANTS));
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
