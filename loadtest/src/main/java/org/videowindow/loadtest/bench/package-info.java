/** Fixed loads, measured and compared. */
package org.videowindow.loadtest.bench;
