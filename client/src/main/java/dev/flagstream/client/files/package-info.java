/** What several programs do with files of this machine. */
package dev.flagstream.client.files;
