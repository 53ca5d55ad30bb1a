package dev.flagstream.engine.runtime;

/**
 * A stream thread of a query died.
 *
 * @param timeMs when, in epoch milliseconds
 * @param message why
 */
public record QueryFailure(long timeMs, String message) {}
