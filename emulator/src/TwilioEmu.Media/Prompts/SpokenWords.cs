using TwilioEmu.Media.Keeping;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Prompts;

/// <summary>Words in samples, spoken once and kept up to a budget.</summary>
/// <remarks>
/// Safe from any thread. A voice that takes time is asked before it is needed (<see cref="PrepareAsync"/>); where it fails, the tone voice
/// speaks.
/// Those unused for longest are dropped first, and spoken again when they are asked for.
/// </remarks>
public sealed class SpokenWords(IVoice voice, long byteBudget) : IDisposable
{
    // More of an engine's processes at once would only wait for one another.
    private const int MaxSpeakers = 2;

    private readonly Lock _gate = new();
    private readonly RecentlyUsed<Key, short[]> _known = new(byteBudget, pcm => pcm.Length * sizeof(short));
    private readonly Dictionary<Key, Task> _underWay = [];
    private readonly SemaphoreSlim _speakers = new(MaxSpeakers);

    /// <summary>Told, on any thread, once for words that are longer than their pace when they are first spoken.</summary>
    public event Action<Source.Words, TimeSpan>? Overran;

    /// <summary>Told, on any thread, when a voice could not speak and tones stand in.</summary>
    public event Action<Source.Words>? Unspoken;

    /// <summary>Name of the voice's set, which names what is rendered.</summary>
    public string Set => voice.Set;

    public void Dispose() => _speakers.Dispose();

    /// <summary>False when this voice never exceeds a pace.</summary>
    public bool MayBeLonger(Source.Words words) => !voice.IsImmediate && words.Pace > TimeSpan.Zero;

    /// <summary>The samples if they are there, or can be made at once.</summary>
    public bool TryGet(Source.Words words, out ReadOnlyMemory<short> pcm)
    {
        var key = new Key(words.Text, words.Voice, words.Pace);
        if (_known.TryGet(key, out var known))
        {
            pcm = known;
            return true;
        }
        pcm = default;
        if (!voice.IsImmediate) return false;
        var spoken = ToneVoice.Speak(words.Text, words.Voice, words.Pace);
        _known.Keep(key, spoken);
        pcm = spoken;
        return true;
    }

    /// <summary>Has the words spoken; who asks for the same meanwhile waits for the same.</summary>
    public async Task PrepareAsync(Source.Words words, CancellationToken cancellation)
    {
        if (TryGet(words, out _)) return;
        var key = new Key(words.Text, words.Voice, words.Pace);
        Task task;
        lock (_gate)
        {
            if (!_underWay.TryGetValue(key, out task!)) _underWay[key] = task = SpeakAsync(words, key);
        }
        await task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    private async Task SpeakAsync(Source.Words words, Key key)
    {
        await _speakers.WaitAsync().ConfigureAwait(false);
        try
        {
            // One who gives up waiting does not stop it: another may wait for the same, and the voice itself is bounded.
            var pcm = await voice.SpeakAsync(words.Text, words.Voice, words.Pace, CancellationToken.None).ConfigureAwait(false);
            if (pcm is null) Unspoken?.Invoke(words);
            _known.Keep(key, pcm ?? ToneVoice.Speak(words.Text, words.Voice, words.Pace));
            if (pcm is not null && Grid.LengthOf(pcm.Length) is var length && length > words.Pace + Grid.FrameLength)
            {
                Overran?.Invoke(words, length);
            }
        }
        finally
        {
            _speakers.Release();
            lock (_gate) _underWay.Remove(key);
        }
    }

    private readonly record struct Key(string Text, string Voice, TimeSpan Pace);
}
