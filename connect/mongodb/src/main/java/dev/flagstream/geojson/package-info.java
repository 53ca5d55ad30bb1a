/** What makes documents for maps of the records of a topic. */
package dev.flagstream.geojson;
