/**
 * Reports for people: sections with text, tables and charts, written as one HTML file that needs
 * neither a server nor a network.
 */
package dev.flagstream.report;
