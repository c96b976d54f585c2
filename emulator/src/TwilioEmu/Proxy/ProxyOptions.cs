namespace TwilioEmu.Proxy;

/// <summary>What the proxy may do, and how patient it is. Limits are ours: Twilio has no proxy.</summary>
internal sealed record ProxyOptions
{
    public PassThrough PassThrough { get; init; } = new(PassThroughReach.All, []);

    /// <summary>Tunnels and passed-on requests open at once; more are answered 503.</summary>
    public int MaxTunnels { get; init; } = 2_000;

    /// <summary>For the first byte of a connection, as for the server's next request.</summary>
    public TimeSpan FirstByteLimit { get; init; } = TimeSpan.FromSeconds(130);

    /// <summary>From the first byte of a CONNECT to its last, and from our answer to the client's first byte in the tunnel.</summary>
    public TimeSpan HeadLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Without a byte in either direction.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>From a request passed on to its answer's head.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(100);
}
