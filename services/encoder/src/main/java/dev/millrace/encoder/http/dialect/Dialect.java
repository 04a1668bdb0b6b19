package dev.millrace.encoder.http.dialect;

import java.util.Set;

/** How one API asks for vectors, and how it is answered and refused. Immutable. */
public interface Dialect {
    /** Where it is asked. */
    Set<String> paths();

    /**
     * What a body asks for, in our own terms.
     *
     * @throws dev.millrace.encoder.request.RequestFailedException naming the field at fault as this API calls it
     */
    Question read(byte[] body);

    /** How it is refused. */
    Wording wording();
}
