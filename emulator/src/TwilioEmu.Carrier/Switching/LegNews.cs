namespace TwilioEmu.Carrier.Switching;

/// <summary>What a line tells whoever holds its leg.</summary>
public abstract record LegNews
{
    /// <summary>It rings; early media already sounds on <see cref="ILeg.FromParty"/> or does not.</summary>
    public sealed record Progressed(bool HasEarlyMedia) : LegNews;

    /// <summary>Connected, with what was agreed.</summary>
    public sealed record Answered(LegFacts Facts) : LegNews;

    /// <summary>The party wishes something.</summary>
    public sealed record Asked(LegWish Wish) : LegNews;

    /// <summary>The last news.</summary>
    public sealed record Ended(LegEnd End) : LegNews;

    private LegNews() { }
}

/// <summary>What was agreed when a leg was connected.</summary>
public sealed record LegFacts
{
    /// <summary>A phone of the emulator's own.</summary>
    public static LegFacts Simulated { get; } = new();

    /// <summary>Name of the codec as SDP has it, such as <c>PCMU</c>; null where no sound is coded.</summary>
    public string? Codec { get; init; }

    /// <summary>Headers of the response that matter to the app (<c>X-</c> and kin).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Where the media come from, host and port; null for a phone of our own.</summary>
    public string? Remote { get; init; }

    /// <summary>Call-ID of the dialog; null for what is not SIP.</summary>
    public string? SipCallId { get; init; }

    /// <summary>True when somebody hears it now, through a socket: time goes at the wall's pace.</summary>
    public bool IsLive { get; init; }
}

/// <summary>What a party wishes in the midst of a call.</summary>
public abstract record LegWish
{
    /// <summary>The other side is to be put on hold, or taken off it (a re-INVITE with <c>sendonly</c>).</summary>
    public sealed record Hold(bool IsOn) : LegWish;

    /// <summary>The other side is to be connected with somebody else (REFER, RFC 3515).</summary>
    public sealed record Transfer(PartyAddress To, IReadOnlyList<KeyValuePair<string, string>> Headers) : LegWish;

    /// <summary>Something was sent along (INFO, RFC 6086).</summary>
    public sealed record Info(string ContentType, string Body) : LegWish;

    private LegWish() { }
}

/// <summary>What whoever holds a leg asks of its line.</summary>
public abstract record LegCommand
{
    /// <summary>Tells a party that dialled that it rings.</summary>
    public sealed record Ring : LegCommand;

    /// <summary>Answers a party that dialled. A request: <see cref="LegNews.Answered"/> or <see cref="LegNews.Ended"/> is the reply.</summary>
    public sealed record Answer : LegCommand;

    /// <summary>Refuses the leg, gives it up, or hangs up on it, whatever its state.</summary>
    public sealed record End(LegEnd Why) : LegCommand;

    /// <summary>Puts the party on hold in its signalling; what it hears meanwhile is on <see cref="ILeg.ToParty"/>.</summary>
    public sealed record Hold(bool IsOn) : LegCommand;

    /// <summary>Asks the party to go elsewhere (REFER).</summary>
    public sealed record Transfer(PartyAddress To) : LegCommand;

    /// <summary>Sends something along.</summary>
    public sealed record Info(string ContentType, string Body) : LegCommand;

    /// <summary>Keys or words of the party are waited for, or no longer are; who acts for it from outside holds time meanwhile.</summary>
    public sealed record AwaitInput(bool IsAwaited) : LegCommand;

    private LegCommand() { }
}
