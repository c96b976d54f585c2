using System.Collections.Immutable;

namespace TwilioEmu.Media.Score;

/// <summary>Who is heard in a conference, as a step function of time.</summary>
/// <remarks>
/// Who is mute or on hold is absent. One owner writes, on the loop; any thread reads what is published, as in <see cref="Track"/>. Join and
/// leave are one step.
/// </remarks>
public sealed class Mix(MixId id)
{
    private readonly Steps<Step> _steps = new(s => s.At);

    public MixId Id { get; } = id;

    /// <summary>How many steps are published.</summary>
    public int Count => _steps.Count;

    /// <summary>Told on the owner's thread, within <see cref="Set"/>. Do little: set a timer.</summary>
    public event Action? Changed;

    /// <summary>From this instant on these voices are heard; of several steps at one instant the last stands.</summary>
    /// <exception cref="ArgumentException">The instant is before the last step's.</exception>
    public void Set(DateTimeOffset at, ImmutableArray<MixVoice> voices)
    {
        _steps.Add(new Step(at, voices.IsDefault ? [] : voices));
        Changed?.Invoke();
    }

    /// <summary>Who is heard at an instant; nobody before the first step.</summary>
    public ImmutableArray<MixVoice> At(DateTimeOffset instant) => _steps.LastAt(instant) is var i and >= 0 ? _steps[i].Voices : [];

    /// <summary>The instant of the first step after this one; null when there is none yet.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset instant) => _steps.NextAfter(instant);

    private readonly record struct Step(DateTimeOffset At, ImmutableArray<MixVoice> Voices);
}
