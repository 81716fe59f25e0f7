/** Rooms (XEP-0045): the focus's membership, the configuration of rooms, and who is in them. */
package org.videowindow.focus.muc;
