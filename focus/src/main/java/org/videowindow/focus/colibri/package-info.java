/** Conferences on a bridge, by COLIBRI2. */
package org.videowindow.focus.colibri;
