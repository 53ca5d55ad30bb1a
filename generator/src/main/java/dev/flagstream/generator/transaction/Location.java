package dev.flagstream.generator.transaction;

/**
 * Where a card was used. Texts may be null, coordinates NaN, where a source does not tell them.
 *
 * @param state the ISO 3166-2 subdivision without its country prefix
 * @param country the ISO 3166-1 alpha-2 code
 */
public record Location(
    String city, String state, String country, double latDegrees, double lonDegrees) {}
