/** JSON as the bridge accepts it from others. */
package org.videowindow.bridge.json;
