/** Who sends what: sources and groups, the rules they keep, and how others are told. */
package org.videowindow.focus.source;
