/** XML as the focus sees it: immutable element trees, read within limits and written in linear time. */
package org.videowindow.focus.xml;
