/** Jingle (XEP-0166 and its applications): what clients ask, what they are offered, and the states between. */
package org.videowindow.focus.jingle;
