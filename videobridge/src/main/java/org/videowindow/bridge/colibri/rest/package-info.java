/** The private HTTP port: COLIBRI2 as JSON, diagnosis, health, version and metrics. */
package org.videowindow.bridge.colibri.rest;
