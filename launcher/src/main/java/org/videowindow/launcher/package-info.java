/**
 * What the script {@code video-window} runs: builds, starts, watches and stops the parts on one machine, and the servers
 * around them.
 *
 * <p>Plain Java without libraries, because it runs before anything is built: the script compiles it. One
 * thread does everything; nothing here is called by the parts.
 */
package org.videowindow.launcher;
