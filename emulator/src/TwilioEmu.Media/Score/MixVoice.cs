namespace TwilioEmu.Media.Score;

/// <summary>One voice of a mix.</summary>
/// <param name="Who">Whose.</param>
/// <param name="Track">What it says.</param>
/// <param name="Decibels">Gain.</param>
/// <param name="OnlyFor">The one party that hears it (a coach, a whisper); null: all.</param>
public readonly record struct MixVoice(PartyId Who, Track Track, int Decibels, PartyId? OnlyFor)
{
    public MixVoice(PartyId who, Track track) : this(who, track, 0, null) { }

    /// <summary>True when this listener hears the voice. No listener: a recording, which has what all hear.</summary>
    public bool IsHeardBy(PartyId? listener) => (listener is null || Who != listener) && (OnlyFor is null || OnlyFor == listener);
}
