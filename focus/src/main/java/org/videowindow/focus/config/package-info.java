/** The configuration: read, checked, typed. */
package org.videowindow.focus.config;
