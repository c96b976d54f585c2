using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Media.Prompts;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>What a phone's owner has heard since the last thing they listened for, word by word as it was spoken.</summary>
/// <remarks>
/// Loop-confined. A word is heard at the instant it has been spoken, so a person may press a key in mid-sentence, and words cut
/// off by barge-in are never heard.
/// </remarks>
internal sealed class HandsetEar(World world)
{
    // An owner who never listens for anything does not remember an endless call.
    private const int MaxWords = 4000;

    private readonly List<(string Word, DateTimeOffset At)> _words = [];
    private Signal<bool>? _changed;

    /// <summary>The words heard since the last match, for a failure to show.</summary>
    public string Recent => string.Join(' ', _words.Where(w => w.At <= Now).TakeLast(50).Select(w => w.Word));

    private DateTimeOffset Now => world.Clock.GetUtcNow();

    /// <summary>A new utterance; a former one is cut off.</summary>
    public void Begin(Utterance utterance)
    {
        Forget();
        var now = Now;
        if (utterance.Kind == UtteranceKind.Speech)
        {
            foreach (var (word, spokenAt) in SpeechPace.Unfold(utterance.Caption, utterance.Duration)) _words.Add((word, now + spokenAt));
        }
        else
        {
            // Music and tones are known by their first sound.
            _words.Add((utterance.Caption, now));
        }
        if (_words.Count > MaxWords) _words.RemoveRange(0, _words.Count - MaxWords);
        _changed?.TrySet(true);
    }

    /// <summary>Silence from now on.</summary>
    public void Silence()
    {
        Forget();
        _changed?.TrySet(true);
    }

    /// <summary>Listens until the words heard match; what matched is then behind.</summary>
    /// <returns>False when the time ran out.</returns>
    public async Task<bool> HearsAsync(TextPattern pattern, TimeSpan within, CancellationToken cancellation)
    {
        var deadline = Now + within;
        while (true)
        {
            var count = FirstMatch(pattern);
            var due = count > 0 && _words[count - 1].At < deadline ? _words[count - 1].At : deadline;
            if (due <= Now)
            {
                if (count == 0 || _words[count - 1].At > Now) return false;
                _words.RemoveRange(0, count);
                return true;
            }
            _changed = new Signal<bool>(world.Loop);
            await _changed.WaitAsync(due - Now, world.Clock, cancellation);
        }
    }

    /// <summary>True when words that match have been spoken by now: whoever waits for them wakes in this very instant.</summary>
    public bool HasHeard(TextPattern pattern) => FirstMatch(pattern) is > 0 and var count && _words[count - 1].At <= Now;

    /// <summary>How many words, spoken or about to be, it takes until the pattern matches; 0 when it does not.</summary>
    private int FirstMatch(TextPattern pattern)
    {
        if (_words.Count == 0 || !pattern.Matches(string.Join(' ', _words.Select(w => w.Word)))) return 0;
        var text = "";
        for (var count = 1; count <= _words.Count; count++)
        {
            text = count == 1 ? _words[0].Word : $"{text} {_words[count - 1].Word}";
            if (pattern.Matches(text)) return count;
        }
        return 0;
    }

    private void Forget() => _words.RemoveAll(w => w.At > Now);
}
