package dev.flagstream.generator.population;

/**
 * A shop where cards are used.
 *
 * @param id such as {@code M000123}
 * @param name an invented company name
 * @param category what it sells
 * @param city where it is
 * @param latDegrees latitude of the shop, near its city's centre
 * @param lonDegrees longitude of the shop
 */
public record Merchant(
    String id,
    String name,
    MerchantCategory category,
    City city,
    double latDegrees,
    double lonDegrees) {}
