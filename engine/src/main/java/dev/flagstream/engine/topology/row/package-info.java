/** Rows on their way between the steps: fused stages, and the keys and stores they have. */
package dev.flagstream.engine.topology.row;
