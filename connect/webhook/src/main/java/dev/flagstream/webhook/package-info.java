/** A Kafka Connect sink that posts each record to a webhook, signed, in the order of its topic. */
package dev.flagstream.webhook;
