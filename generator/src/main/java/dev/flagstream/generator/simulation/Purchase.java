package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.Merchant;

/** What a behaviour decides about one transaction: where the card is used and for how much. */
record Purchase(Merchant merchant, long amountCents) {}
