/** Whether a running pipeline is well, and what to do where it is not. */
package dev.flagstream.local.health;
