using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Accounts.Numbers.CallerIds;

/// <summary>Calls a number and asks whoever answers for a code; whoever can place calls implements it.</summary>
/// <remarks>Loop-confined.</remarks>
public interface ICallerIdCaller
{
    /// <summary>Begins the call and returns its SID at once.</summary>
    string Call(CodeCall call);
}

/// <summary>A call that asks for a code.</summary>
public sealed record CodeCall
{
    public required AccountSid Account { get; init; }

    /// <summary>The number to be verified, E.164.</summary>
    public required string Number { get; init; }

    /// <summary>Six digits.</summary>
    public required string Code { get; init; }

    /// <summary>How long to wait before it is dialled.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Keys to be sent once it is answered.</summary>
    public string Extension { get; init; } = "";

    /// <summary>Told of the outcome; null for nobody.</summary>
    public string? StatusCallback { get; init; }

    public string StatusCallbackMethod { get; init; } = "POST";

    /// <summary>
    /// Runs when the call has ended: whether the code was given, the entry that says so;
    /// answers with what the callback adds to a call's parameters.
    /// </summary>
    public required Func<bool, long, IReadOnlyList<KeyValuePair<string, string>>> Conclude { get; init; }

    /// <summary>Seq of the entry it follows from.</summary>
    public required long Cause { get; init; }
}
