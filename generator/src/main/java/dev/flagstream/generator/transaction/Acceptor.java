package dev.flagstream.generator.transaction;

/**
 * The merchant that took the card, as an authorization names it. Each component may be null where a
 * source does not give it.
 *
 * @param merchantId the same for the same merchant (or terminal)
 * @param name as a statement shows it
 * @param category in words, such as {@code grocery}
 * @param mcc the merchant category code of ISO 18245, four digits
 */
public record Acceptor(String merchantId, String name, String category, String mcc) {}
