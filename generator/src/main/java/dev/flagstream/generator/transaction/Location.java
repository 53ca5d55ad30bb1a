package dev.flagstream.generator.transaction;

/**
 * Where a card was used. Texts are null and coordinates NaN where a source does not give them.
 *
 * @param city its name
 * @param state the ISO 3166-2 subdivision without its country prefix
 * @param country the ISO 3166-1 alpha-2 code
 * @param latDegrees latitude, north positive
 * @param lonDegrees longitude, east positive
 */
public record Location(
    String city, String state, String country, double latDegrees, double lonDegrees) {}
