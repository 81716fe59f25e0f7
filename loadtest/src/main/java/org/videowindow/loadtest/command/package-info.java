/** The command line. */
package org.videowindow.loadtest.command;
