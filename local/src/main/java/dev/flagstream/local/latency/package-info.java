/** How long people wait for a decision: from the till to the topic, to the decision, to MongoDB. */
package dev.flagstream.local.latency;
