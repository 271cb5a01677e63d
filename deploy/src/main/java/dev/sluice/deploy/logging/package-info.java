/** Log lines on standard output, written behind the backs of the event loops. */
package dev.sluice.deploy.logging;
