/**
 * The quality of the data that come in: what {@code ksql/quality/} counts, and what of it is
 * unusual. Quality as in {@link dev.flagstream.local.quality} is that of the verdicts.
 */
package dev.flagstream.local.dataquality;
