namespace TwilioEmu.Webhooks.Addresses;

/// <summary>Which failures are tried again: the values of the <c>rp</c> override.</summary>
[Flags]
public enum RetryOn
{
    None = 0,

    /// <summary><c>ct</c>: TCP or TLS did not connect.</summary>
    Connect = 1,

    /// <summary><c>rt</c>: connected, but nothing came in time.</summary>
    Read = 2,

    /// <summary><c>4xx</c>.</summary>
    ClientError = 4,

    /// <summary><c>5xx</c>.</summary>
    ServerError = 8,

    /// <summary><c>all</c>.</summary>
    All = Connect | Read | ClientError | ServerError,
}
