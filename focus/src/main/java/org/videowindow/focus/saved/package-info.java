/** What the focus notes of its conferences, so that it can go on with them after it was killed. */
package org.videowindow.focus.saved;
