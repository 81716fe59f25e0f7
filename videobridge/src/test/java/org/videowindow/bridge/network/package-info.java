/** A network in virtual time with a seed: links with loss, jitter, reordering and bottlenecks. Only for tests. */
package org.videowindow.bridge.network;
