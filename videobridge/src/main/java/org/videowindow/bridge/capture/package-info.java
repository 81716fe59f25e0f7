/** What one endpoint sends and is sent, written to a file that packet analysers read, when an operator asks for it. */
package org.videowindow.bridge.capture;
