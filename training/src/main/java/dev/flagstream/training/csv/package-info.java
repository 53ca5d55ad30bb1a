/** Any CSV with a label column as a training table. */
package dev.flagstream.training.csv;
