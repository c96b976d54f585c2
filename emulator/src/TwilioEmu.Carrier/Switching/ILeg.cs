using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.Switching;

/// <summary>One party's end of a call: signalling, and what it says and hears. The party may be caller or callee.</summary>
/// <remarks>Loop-confined. News comes in later turns, never within a command; commands to an ended leg do nothing.</remarks>
public interface ILeg
{
    /// <summary>The party's address.</summary>
    PartyAddress Address { get; }

    LegState State { get; }

    /// <summary>What the party says and presses; the line alone writes. Lanes: <see cref="Lanes"/>.</summary>
    Track FromParty { get; }

    /// <summary>What the party hears; whoever holds the leg writes. Lanes: <see cref="Lanes"/>.</summary>
    Track ToParty { get; }

    /// <summary>Asks something of the line.</summary>
    void Do(LegCommand command);
}

/// <summary>Whoever holds a leg, and is told its news. Called on the loop.</summary>
public interface ILegOwner
{
    void Told(ILeg leg, LegNews news);
}

/// <summary>Where a leg is.</summary>
public enum LegState
{
    Dialling,
    Ringing,
    Answered,
    Ended,
}

/// <summary>The tracks of one leg.</summary>
/// <param name="FromParty">What it says.</param>
/// <param name="ToParty">What it hears.</param>
public readonly record struct LegTracks(Track FromParty, Track ToParty);

/// <summary>Which lane of a leg's tracks is for what.</summary>
public static class Lanes
{
    /// <summary>Words, files, tones, bridges: what is addressed to this party alone, and all that a party says.</summary>
    public const int Main = 0;

    /// <summary>The room a party is in: a conference.</summary>
    public const int Room = 1;

    /// <summary>Keys: they cut nothing short.</summary>
    public const int Keys = 2;

    /// <summary>
    /// A person's own voice, through a microphone: beside words that are typed for the same phone, which it must not cut short.
    /// </summary>
    public const int Voice = 3;
}
