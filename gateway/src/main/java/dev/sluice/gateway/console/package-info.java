/** The web console: its pages, and the data that they show. */
package dev.sluice.gateway.console;
