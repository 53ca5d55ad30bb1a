/** Fraud alerts as people read them in a terminal. */
package dev.flagstream.local.alerts;
