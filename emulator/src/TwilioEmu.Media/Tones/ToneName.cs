namespace TwilioEmu.Media.Tones;

/// <summary>What a tone means.</summary>
public enum ToneKind
{
    Dial,
    Ringback,
    Busy,
    Congestion,

    /// <summary>Special information tone: not in service.</summary>
    Information,

    /// <summary>Before a recording.</summary>
    Beep,

    /// <summary>A member enters a conference.</summary>
    Entry,

    /// <summary>A member leaves a conference.</summary>
    Exit,

    /// <summary>What a voicemail sounds after its greeting.</summary>
    MachineBeep,

    /// <summary>CNG: a fax calls.</summary>
    FaxCalling,

    /// <summary>CED: a fax answers.</summary>
    FaxAnswering,

    /// <summary>Music of our own.</summary>
    HoldMusic,
}

/// <summary>A tone by meaning and country.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Country">As <c>&lt;Dial ringTone&gt;</c> has it, such as <c>us</c>, <c>uk</c>, <c>us-old</c>; others sound as <c>us</c>. Of
/// no matter for beeps, fax and music.</param>
public readonly record struct ToneName(ToneKind Kind, string Country)
{
    public ToneName(ToneKind kind) : this(kind, "us") { }

    public override string ToString() => $"{Kind} ({Country})";
}
