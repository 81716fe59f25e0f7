/** Recorded media out of files: IVF, Ogg and WebM, read from front to back. */
package org.videowindow.loadtest.container;
