/**
 * What the packet path costs: JMH benchmarks, run by {@code videobridge/benchmark [JMH options] [name]}, and a test of
 * what it allocates. Compare numbers of one run only: machines and their neighbours differ from hour to hour.
 */
package org.videowindow.bridge.benchmark;
