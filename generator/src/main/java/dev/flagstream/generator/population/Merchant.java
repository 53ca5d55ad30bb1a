package dev.flagstream.generator.population;

import dev.flagstream.generator.transaction.Acceptor;
import dev.flagstream.generator.transaction.Location;

/**
 * A shop where cards are used. What its transactions say about it is made once and shared by them.
 *
 * @param index its place among all merchants, from 0
 * @param acceptor its id (such as {@code M0001234}), name, category and code
 * @param category what it sells
 * @param city where it is
 * @param location the same place as transactions tell it
 * @param priceLevel what one pays here compared with others of the category; 1 on average
 */
public record Merchant(
    int index,
    Acceptor acceptor,
    MerchantCategory category,
    City city,
    Location location,
    double priceLevel) {}
