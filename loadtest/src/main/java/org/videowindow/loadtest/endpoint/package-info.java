/** Headless participants: transport, what they send, what they observe. */
package org.videowindow.loadtest.endpoint;
