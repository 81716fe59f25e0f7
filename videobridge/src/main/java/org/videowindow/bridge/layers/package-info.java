/** Which layers of a source reach a receiver, and how what is left out is closed up. */
package org.videowindow.bridge.layers;
