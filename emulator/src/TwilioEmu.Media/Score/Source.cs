using TwilioEmu.Media.Tones;

namespace TwilioEmu.Media.Score;

/// <summary>What a lane plays: words, keys, a tone, a file, live frames, another track, a mix, nothing.</summary>
/// <param name="Takes">How long it sounds from its beginning; null: until the lane's next cue.</param>
public abstract record Source(TimeSpan? Takes)
{
    /// <summary>Speech. The caption is the truth; a voice is fitted to the pace, never the pace to a voice.</summary>
    /// <param name="Text">What is said, without markup.</param>
    /// <param name="Voice">Name of the voice as the document has it, such as <c>Polly.Joanna</c>; may be empty.</param>
    /// <param name="Pace">From <see cref="Prompts.SpeechPace"/>.</param>
    public sealed record Words(string Text, string Voice, TimeSpan Pace) : Source(Pace);

    /// <summary>Keys and pauses as a dial string (<see cref="Dtmf.DialString"/>): RFC 4733 events to a live leg, tones in a file.</summary>
    public sealed record Keys(string Digits, TimeSpan Pace) : Source(Pace);

    /// <summary>A tone of the network, by country.</summary>
    /// <param name="Name">Which.</param>
    /// <param name="For">How long; null: until the lane's next cue.</param>
    public sealed record Tone(ToneName Name, TimeSpan? For) : Source(For);

    /// <summary>A decoded file; its samples lie in the <see cref="Audio.IClipStore"/>.</summary>
    /// <param name="Id">By content.</param>
    /// <param name="Name">What a person calls it: a URL, a file name; its caption.</param>
    /// <param name="Length">Of the samples.</param>
    public sealed record Clip(ClipId Id, string Name, TimeSpan Length) : Source(Length);

    /// <summary>Frames that a socket writes.</summary>
    public sealed record Live(LiveInput Input) : Source((TimeSpan?)null);

    /// <summary>What another track sounds like at the same instant: a bridge, a tie line. A cue's <see cref="Cue.From"/> means nothing
    /// here.</summary>
    public sealed record Of(Track Track) : Source((TimeSpan?)null);

    /// <summary>All voices of a mix: a conference. With a listener named: less its own voice, and with what is for it only.</summary>
    public sealed record Mixed(Mix Mix, PartyId? Without) : Source((TimeSpan?)null);

    /// <summary>Nothing, from here on: barge-in, the end of hold music.</summary>
    public sealed record Silence() : Source((TimeSpan?)null);
}
