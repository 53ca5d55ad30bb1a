/**
 * What a run gives out, in one order: transactions, the truth about the frauds among them, and the
 * labels by which a bank learns of them later. Knows nothing of Kafka.
 */
package dev.flagstream.generator.feed;
