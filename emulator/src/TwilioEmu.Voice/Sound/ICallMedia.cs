using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Voice.Sound;

/// <summary>One party's sound, as verbs command it: what it hears, what it says and presses, with whom it is joined.</summary>
/// <remarks>
/// Loop-confined. Verbs never touch samples; a media plane of frames may stand behind this without their noticing. Completions
/// come as turns of the loop.
/// </remarks>
internal interface ICallMedia
{
    /// <summary>Plays to the party and completes at the end; cancelled, the sound is cut short.</summary>
    Task PlayAsync(Utterance utterance, CancellationToken cancellation);

    /// <summary>Plays to the party until disposed, or until it has run out: ringback.</summary>
    IDisposable PlayAlong(Utterance utterance);

    /// <summary>Sends keys as tones and completes when they have sounded.</summary>
    Task SendDigitsAsync(string digits, CancellationToken cancellation);

    /// <summary>Keeps what the party says and presses, from now until disposed.</summary>
    PartyInputs Listen();

    /// <summary>Tells the far end whether its keys or words are waited for.</summary>
    void ExpectInput(bool isAwaited);

    /// <summary>Lets another party hear what this one says and presses, until disposed; a bridge is two of these.</summary>
    IDisposable Join(ICallMedia other);

    /// <summary>What a joined party says, to be heard here.</summary>
    void Overhear(Utterance utterance);

    /// <summary>A joined party fell silent.</summary>
    void OverhearEnd(Utterance utterance);

    /// <summary>A key that a joined party pressed.</summary>
    void OverhearKey(char key);
}
