/** How good the decisions were, as far as labels tell. */
package dev.flagstream.dashboard.quality;
