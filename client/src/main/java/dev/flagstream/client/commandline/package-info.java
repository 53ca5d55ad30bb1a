/** What all command lines of the project have in common. */
package dev.flagstream.client.commandline;
