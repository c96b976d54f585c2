namespace TwilioEmu.Sip.Parsing;

/// <summary>Why bytes are no SIP message.</summary>
public enum SipParseError
{
    None,

    /// <summary>Only line ends (RFC 5626 §3.5.1), or a few bytes: a keep-alive, not an error of the peer.</summary>
    KeepAlive,

    /// <summary>A STUN message (RFC 8489 §5), by which some phones keep their way open (RFC 5626 §3.5.2); we answer none.</summary>
    Stun,
    TooLong,
    TooManyHeaders,
    LineTooLong,

    /// <summary>No empty line ends the headers.</summary>
    Unterminated,
    BadStartLine,
    BadRequestUri,

    /// <summary>Not <c>SIP/2.0</c>: answered 505.</summary>
    BadVersion,
    BadStatus,

    /// <summary>A line without colon, or with a name that is no token.</summary>
    BadHeaderLine,
    BadContentLength,

    /// <summary>Content-Length promises more than came.</summary>
    BodyCutShort,

    /// <summary>A stream's message needs Content-Length (RFC 3261 §18.3).</summary>
    NoContentLength,

    /// <summary>Via, From, To, Call-ID or CSeq is missing, doubled or unreadable.</summary>
    BadVia,
    BadFrom,
    BadTo,
    BadCallId,
    BadCSeq,

    /// <summary>CSeq names another method than the request line.</summary>
    MethodMismatch,
    BadMaxForwards,

    /// <summary>A Contact, Route or Record-Route that cannot be read.</summary>
    BadAddress,
}
