/** From history to training table: by the SQL that also scores, or in batch to check it. */
package dev.flagstream.training.features;
