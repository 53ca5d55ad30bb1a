/** How good the verdicts are, measured against the generator's truth. Nothing here reaches SQL. */
package dev.flagstream.local.quality;
