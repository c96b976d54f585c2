namespace TwilioEmu.Sip.Messages;

/// <summary>Methods by name; they are case-sensitive (RFC 3261 §7.1).</summary>
public static class SipMethods
{
    public const string Invite = "INVITE";
    public const string Ack = "ACK";
    public const string Bye = "BYE";
    public const string Cancel = "CANCEL";
    public const string Options = "OPTIONS";
    public const string Register = "REGISTER";

    /// <summary>RFC 3262.</summary>
    public const string Prack = "PRACK";

    /// <summary>RFC 3311.</summary>
    public const string Update = "UPDATE";

    /// <summary>RFC 6086.</summary>
    public const string Info = "INFO";

    /// <summary>RFC 3515.</summary>
    public const string Refer = "REFER";

    /// <summary>RFC 6665.</summary>
    public const string Notify = "NOTIFY";

    public const string Subscribe = "SUBSCRIBE";

    /// <summary>RFC 3428.</summary>
    public const string Message = "MESSAGE";

    /// <summary>The constant of that name, so that many messages share one string; another name is itself.</summary>
    public static string Known(string method) => method switch
    {
        Invite => Invite,
        Ack => Ack,
        Bye => Bye,
        Cancel => Cancel,
        Options => Options,
        Register => Register,
        Prack => Prack,
        Update => Update,
        Info => Info,
        Refer => Refer,
        Notify => Notify,
        Subscribe => Subscribe,
        Message => Message,
        _ => method,
    };
}
