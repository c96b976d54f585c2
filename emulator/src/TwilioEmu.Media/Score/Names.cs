namespace TwilioEmu.Media.Score;

/// <summary>Names a track in journals and recordings; the owner chooses it, unique in its world.</summary>
public readonly record struct TrackId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Names a mix.</summary>
public readonly record struct MixId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Names a party of a mix: whose voice it is, and who listens. A CallSid as a rule.</summary>
public readonly record struct PartyId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Names decoded sound by its content: SHA-256 of its samples, in lower-case hexadecimal.</summary>
public readonly record struct ClipId(string Value)
{
    public override string ToString() => Value;
}
