/**
 * Features of transactions as aggregate functions: what is known of a card or a merchant at the
 * very moment of a transaction, in event time. The state of a key is one compact BYTES value.
 */
package dev.flagstream.udf.features;
