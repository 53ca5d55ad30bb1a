/** What is going on now, for all browsers that watch: nothing is read while none does. */
package dev.flagstream.dashboard.live;
