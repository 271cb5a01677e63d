/** The nodes as one: who is there, and how they ask each other. */
package dev.sluice.deploy.cluster;
