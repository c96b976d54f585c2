namespace TwilioEmu.Sip.Parsing;

/// <summary>Why bytes are no SIP message, in words for people: of a reason phrase, of a journal.</summary>
public static class SipParseErrors
{
    /// <summary>What is wrong; empty for what is not.</summary>
    public static string Why(this SipParseError error) => error switch
    {
        SipParseError.None => "",
        SipParseError.KeepAlive => "a keep-alive",
        SipParseError.Stun => "STUN",
        SipParseError.TooLong => $"more than {SipLimits.MessageBytes} bytes",
        SipParseError.TooManyHeaders => $"more than {SipLimits.Headers} headers",
        SipParseError.LineTooLong => $"a line of more than {SipLimits.LineBytes} bytes",
        SipParseError.Unterminated => "no empty line ends its headers",
        SipParseError.BadStartLine => "its first line is none of SIP",
        SipParseError.BadRequestUri => "its Request-URI cannot be read",
        SipParseError.BadVersion => "not of SIP/2.0",
        SipParseError.BadStatus => "its status is none",
        SipParseError.BadHeaderLine => "a header line has no colon, or no name",
        SipParseError.BadContentLength => Unreadable(Messages.HeaderNames.ContentLength),
        SipParseError.BodyCutShort => "less came than its Content-Length says",
        SipParseError.NoContentLength => "without Content-Length on a stream",
        SipParseError.BadVia => Unreadable(Messages.HeaderNames.Via),
        SipParseError.BadFrom => Unreadable(Messages.HeaderNames.From),
        SipParseError.BadTo => Unreadable(Messages.HeaderNames.To),
        SipParseError.BadCallId => Unreadable(Messages.HeaderNames.CallId),
        SipParseError.BadCSeq => Unreadable(Messages.HeaderNames.CSeq),
        SipParseError.MethodMismatch => "CSeq names another method",
        SipParseError.BadMaxForwards => Unreadable(Messages.HeaderNames.MaxForwards),
        SipParseError.BadAddress => "a Contact, Route or Record-Route that cannot be read",
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, "an error that has words"),
    };

    private static string Unreadable(string header) => $"{header} is missing, doubled or cannot be read";
}
