package dev.flagstream.generator.population;

/**
 * A payment card.
 *
 * @param number 16 digits from a range that payment networks publish for testing, valid by Luhn
 * @param holder whose card it is
 */
public record Card(String number, Customer holder) {

  /** Without the number, so that no log line can hold it. */
  @Override
  public String toString() {
    return "Card[…" + number.substring(number.length() - 4) + " of " + holder.id() + "]";
  }
}
