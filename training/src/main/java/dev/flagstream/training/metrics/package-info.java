/** How good scores are, computed here and tested against worked examples. */
package dev.flagstream.training.metrics;
