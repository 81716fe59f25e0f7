/** The subset of Jinja2 in which the configurations of HAProxy and coturn are written. */
package org.videowindow.launcher.template;
