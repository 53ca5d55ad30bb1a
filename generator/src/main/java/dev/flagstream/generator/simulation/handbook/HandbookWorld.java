package dev.flagstream.generator.simulation.handbook;

import dev.flagstream.generator.population.CardNumbers;
import dev.flagstream.generator.population.PaddedNumbers;
import dev.flagstream.generator.population.RandomStream;
import dev.flagstream.generator.population.Seed;
import dev.flagstream.generator.transaction.Acceptor;
import dev.flagstream.generator.transaction.Cardholder;
import dev.flagstream.generator.transaction.Location;
import java.util.Arrays;

/**
 * Customers and terminals on the grid of 100 by 100. A unit of the grid is a hundredth of a degree
 * (some 1.1 km) of latitude and longitude, counted from 0/0; what the Handbook does not tell (age,
 * city, category) is unknown here too. Immutable.
 */
final class HandbookWorld {

  private static final double DEGREES_PER_UNIT = 0.01;
  private static final int CUSTOMER_DIGITS = 4;
  private static final int TERMINAL_DIGITS = 5;

  private final Customer[] customers = new Customer[HandbookParameters.CUSTOMERS];
  private final int[][] terminalsInReach = new int[HandbookParameters.CUSTOMERS][];
  private final Terminal[] terminals = new Terminal[HandbookParameters.TERMINALS];

  /** One customer, who has one card. */
  record Customer(Cardholder cardholder, String cardNumber, double meanAmount, double perDay) {}

  /** Where customers within reach pay; x and y are those of the Handbook's square. */
  record Terminal(Acceptor acceptor, Location location, double x, double y) {}

  HandbookWorld(Seed seed) {
    RandomStream random = new RandomStream();
    for (int i = 0; i < terminals.length; i++) {
      terminals[i] = terminal(i, random.startAt(seed.of("terminals").with(i).value()));
    }
    CardNumbers numbers = new CardNumbers(seed);
    for (int i = 0; i < customers.length; i++) {
      random.startAt(seed.of("customers").with(i).value());
      customers[i] = customer(i, numbers.number(i), random);
    }
  }

  Customer customer(int index) {
    return customers[index];
  }

  /** The terminals that a customer uses, by their indexes; not to be changed. */
  int[] terminalsInReach(int customer) {
    return terminalsInReach[customer];
  }

  Terminal terminal(int index) {
    return terminals[index];
  }

  private static Terminal terminal(int index, RandomStream random) {
    double x = random.between(0, HandbookParameters.GRID_SIZE);
    double y = random.between(0, HandbookParameters.GRID_SIZE);
    return new Terminal(
        new Acceptor(PaddedNumbers.of('T', index, TERMINAL_DIGITS), null, null, null),
        new Location(null, null, null, degrees(y), degrees(x)),
        x,
        y);
  }

  private Customer customer(int index, String cardNumber, RandomStream random) {
    double x = random.between(0, HandbookParameters.GRID_SIZE);
    double y = random.between(0, HandbookParameters.GRID_SIZE);
    terminalsInReach[index] = terminalsWithinReach(x, y);
    double meanAmount =
        random.between(HandbookParameters.MIN_MEAN_AMOUNT, HandbookParameters.MAX_MEAN_AMOUNT);
    double perDay = random.between(0, HandbookParameters.MAX_PER_DAY);
    return new Customer(
        new Cardholder(
            PaddedNumbers.of('C', index, CUSTOMER_DIGITS), null, null, degrees(y), degrees(x)),
        cardNumber,
        meanAmount,
        perDay);
  }

  private int[] terminalsWithinReach(double x, double y) {
    int[] within = new int[terminals.length];
    int count = 0;
    for (int i = 0; i < terminals.length; i++) {
      double dx = terminals[i].x - x;
      double dy = terminals[i].y - y;
      if (dx * dx + dy * dy < HandbookParameters.RADIUS * HandbookParameters.RADIUS) {
        within[count++] = i;
      }
    }
    return Arrays.copyOf(within, count);
  }

  private static double degrees(double units) {
    return units * DEGREES_PER_UNIT;
  }
}
