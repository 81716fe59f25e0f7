/** The servers under test: how they are started, measured and asked for rooms. */
package org.videowindow.loadtest.sfu;
