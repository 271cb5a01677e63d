/** The operations on the lifecycle policies of repositories. */
package dev.sluice.gateway.ecr.lifecycle;
