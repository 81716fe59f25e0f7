/** Configuration of the bridge: HOCON in, checked settings out. {@code reference.conf} documents every key. */
package org.videowindow.bridge.config;
