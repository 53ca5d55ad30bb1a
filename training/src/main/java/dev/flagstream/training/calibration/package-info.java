/** From raw scores to probabilities. */
package dev.flagstream.training.calibration;
