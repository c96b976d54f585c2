using TwilioEmu.Media.Score;

namespace TwilioEmu.Voice.Sound;

/// <summary>One party's sound, as verbs command it: what it hears, what it says and presses, with whom it is joined.</summary>
/// <remarks>Loop-confined. Verbs write cues and never touch samples. Completions come as turns of the loop.</remarks>
internal interface ICallMedia
{
    /// <summary>What the party says and presses.</summary>
    Track FromParty { get; }

    /// <summary>What the party hears. Lanes: <see cref="Carrier.Switching.Lanes"/>.</summary>
    Track ToParty { get; }

    /// <summary>Plays to the party and completes at the end.</summary>
    /// <returns>False when it was cancelled, and the sound cut short.</returns>
    Task<bool> TryPlayAsync(Source sound, CancellationToken cancellation);

    /// <summary>Plays to the party until disposed, or until it has run out: ringback.</summary>
    IDisposable PlayAlong(Source sound);

    /// <summary>Sends keys as tones and completes when they have sounded.</summary>
    Task SendDigitsAsync(string digits, CancellationToken cancellation);

    /// <summary>Keeps what the party says and presses, from now until disposed; what it says already is heard from here on.</summary>
    PartyInputs Listen();

    /// <summary>Tells the far end whether its keys or words are waited for.</summary>
    void ExpectInput(bool isAwaited);

    /// <summary>Lets this party hear what another says and presses, until disposed; a bridge is two of these.</summary>
    IDisposable Hear(ICallMedia other);
}
