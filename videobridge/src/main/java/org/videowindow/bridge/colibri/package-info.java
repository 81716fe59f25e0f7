/**
 * COLIBRI2: how the focus commands the bridge. {@link org.videowindow.bridge.colibri.Colibri2Handler} decides;
 * {@code .xmpp} and {@code .rest} carry requests to it.
 */
package org.videowindow.bridge.colibri;
