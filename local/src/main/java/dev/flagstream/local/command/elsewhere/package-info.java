/** Options of commands for a pipeline whose parts may be on other machines. */
package dev.flagstream.local.command.elsewhere;
