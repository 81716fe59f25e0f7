/** Answers for requests that cannot be fulfilled: problem details (RFC 9457) with stable codes. */
package org.videowindow.portal.problem;
