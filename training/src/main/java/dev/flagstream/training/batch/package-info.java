/**
 * The features once more, over whole histories in plain Java: what the features of the SQL are
 * checked against. Shares no code with the aggregate functions.
 */
package dev.flagstream.training.batch;
