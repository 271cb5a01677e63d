/** A gateway on loopback, and what a test needs to ask it and to answer for its fetcher. */
package dev.sluice.gateway.live;
