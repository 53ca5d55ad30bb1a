/** What a lake is: where its files are, which of them count, and how they are asked and merged. */
package dev.flagstream.client.lake;
