/** The command that asks the lake. */
package dev.flagstream.local.command.lake;
