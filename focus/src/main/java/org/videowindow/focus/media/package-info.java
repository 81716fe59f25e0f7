/** What is offered to every participant: codecs, feedback and header extensions. */
package org.videowindow.focus.media;
