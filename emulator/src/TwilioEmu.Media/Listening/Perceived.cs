using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Listening;

/// <summary>What a listener perceives of a track, the tracks and mixes it plays included.</summary>
/// <param name="At">When; never goes back.</param>
/// <param name="By">Whose voice it is, where a mix says so.</param>
/// <param name="Number">Counts what sounds, from 1 for each listener: a caption and an end belong to the beginning of the same
/// number.</param>
/// <param name="Lane">Lane of the track on which it sounds.</param>
public abstract record Perceived(DateTimeOffset At, PartyId? By, int Number, int Lane)
{
    /// <summary>Something sounds. With <paramref name="From"/> above zero it sounded already when the listener joined, or was put with a
    /// start.</summary>
    public sealed record Began(DateTimeOffset At, PartyId? By, int Number, int Lane, Source Source, TimeSpan From)
        : Perceived(At, By, Number, Lane);

    /// <summary>Words, at the instant they have been spoken.</summary>
    /// <param name="At">When.</param>
    /// <param name="By">Whose.</param>
    /// <param name="Number">Of the beginning.</param>
    /// <param name="Lane">Where.</param>
    /// <param name="Words">To be added to those before.</param>
    /// <param name="IsFinal">False: a recogniser's guess, which the next caption of this number replaces.</param>
    public sealed record Caption(DateTimeOffset At, PartyId? By, int Number, int Lane, string Words, bool IsFinal)
        : Perceived(At, By, Number, Lane)
    {
        /// <summary>How sure a recogniser is, 0 to 1; null where there was none, or it does not say.</summary>
        public double? Confidence { get; init; }
    }

    /// <summary>A key of a dial string, at the instant its tone begins.</summary>
    public sealed record Key(DateTimeOffset At, PartyId? By, int Number, int Lane, char Digit) : Perceived(At, By, Number, Lane);

    /// <summary>It is over, or was cut off.</summary>
    public sealed record Ended(DateTimeOffset At, PartyId? By, int Number, int Lane, TimeSpan HeardFor) : Perceived(At, By, Number, Lane);
}
