/** The operations on pull through cache rules. */
package dev.sluice.gateway.ecr.rule;
