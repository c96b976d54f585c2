namespace TwilioEmu.Media.Score;

/// <summary>From an instant on, a lane plays a source.</summary>
/// <param name="At">World time. The lane's former source ends here.</param>
/// <param name="Lane">0 to <see cref="Track.LaneCount"/> - 1; lanes sound together.</param>
/// <param name="Source">What.</param>
/// <param name="From">Where in the source it begins; zero for its beginning.</param>
/// <param name="Decibels">Gain; 0 leaves it as it is, -6 halves it.</param>
public readonly record struct Cue(DateTimeOffset At, int Lane, Source Source, TimeSpan From, int Decibels)
{
    public Cue(DateTimeOffset at, int lane, Source source) : this(at, lane, source, TimeSpan.Zero, 0) { }

    /// <summary>When the source is over by its own length; null when only the lane's next cue ends it.</summary>
    public DateTimeOffset? EndsBy => Source.Takes is { } takes ? At + (takes - From) : null;
}
