/**
 * What the script {@code video-window} runs: builds, starts, watches and stops the four parts on one machine.
 *
 * <p>Plain Java without libraries, because it is started from its sources before anything is built (JEP 458). One
 * thread does everything; nothing here is called by the parts.
 */
package org.videowindow.launcher;
