/** Makes card transactions of files whose layout is known. */
package dev.flagstream.generator.replay.layout;
