namespace TwilioEmu.Scenarios.Steps;

/// <summary>What a phone's owner does during a call, told by a story or the control API.</summary>
public abstract record PhoneAct
{
    /// <summary>Picks up a ringing phone.</summary>
    public sealed record PicksUp : PhoneAct;

    /// <summary>Presses keys, one after the other.</summary>
    public sealed record Presses(string Digits) : PhoneAct;

    /// <summary>Speaks.</summary>
    public sealed record Says(string Words) : PhoneAct;

    /// <summary>Hangs up, or refuses while it rings.</summary>
    public sealed record HangsUp : PhoneAct;

    private PhoneAct() { }
}
