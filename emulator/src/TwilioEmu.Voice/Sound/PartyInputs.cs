using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Media.Listening;

namespace TwilioEmu.Voice.Sound;

/// <summary>Something a party did, or that its listener put in the same line so as to have one order of events.</summary>
internal abstract record PartyInput
{
    /// <summary>Words, keys, sounds of the party.</summary>
    public sealed record Perceived(Media.Listening.Perceived What) : PartyInput;

    /// <summary>The prompt played to the party has ended.</summary>
    public sealed record PromptEnded : PartyInput;

    private PartyInput() { }

    /// <summary>The key that was pressed, or null.</summary>
    public char? Key => this is Perceived { What: Media.Listening.Perceived.Key key } ? key.Digit : null;
}

/// <summary>What a party does, in order, for one listener.</summary>
/// <remarks>Loop-confined; one reader at a time. Bounded: an endless stream of keys drops its oldest.</remarks>
internal sealed class PartyInputs(World world, Action<PartyInputs> close) : IDisposable
{
    private const int Capacity = 1000;

    private readonly Queue<PartyInput> _waiting = [];
    private Signal<bool>? _arrived;

    public void Put(PartyInput input)
    {
        if (_waiting.Count == Capacity) _waiting.Dequeue();
        _waiting.Enqueue(input);
        _arrived?.TrySet(true);
    }

    public void Put(Perceived perceived) => Put(new PartyInput.Perceived(perceived));

    /// <summary>The next thing, or null when none came in time.</summary>
    public async Task<PartyInput?> NextAsync(TimeSpan within, CancellationToken cancellation)
    {
        if (_waiting.TryDequeue(out var input)) return input;
        _arrived = new Signal<bool>(world.Loop);
        await _arrived.WaitAsync(within, world.Clock, cancellation);
        _arrived = null;
        return _waiting.TryDequeue(out input) ? input : null;
    }

    public void Dispose() => close(this);
}
