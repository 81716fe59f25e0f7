/** The conference focus: joins rooms, places conferences on bridges, and offers media to participants. */
package org.videowindow.focus;
