package dev.flagstream.local.erasure;

/**
 * What a topic still holds of a person.
 *
 * @param topic its name
 * @param records how many of its records name the person
 * @param until how long it keeps them, in words
 */
public record Remains(String topic, long records, String until) {}
