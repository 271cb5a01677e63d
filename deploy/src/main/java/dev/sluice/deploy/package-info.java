/** Wires the rooms into a node, and nothing else. */
package dev.sluice.deploy;
